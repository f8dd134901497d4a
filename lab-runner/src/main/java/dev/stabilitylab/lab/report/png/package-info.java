/** Charts as pictures, for documents. */
@NullMarked
package dev.stabilitylab.lab.report.png;

import org.jspecify.annotations.NullMarked;

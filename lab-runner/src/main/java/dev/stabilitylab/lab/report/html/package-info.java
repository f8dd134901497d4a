/** The report as one page that needs nothing but itself. */
@NullMarked
package dev.stabilitylab.lab.report.html;

import org.jspecify.annotations.NullMarked;

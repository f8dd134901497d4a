/** What a person at a terminal sees: the progress while it runs, the table and the verdict afterwards. */
@NullMarked
package dev.stabilitylab.lab.report.terminal;

import org.jspecify.annotations.NullMarked;

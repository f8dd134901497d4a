/** The outcome for people: table, charts, page, files. */
@NullMarked
package dev.stabilitylab.lab.report;

import org.jspecify.annotations.NullMarked;

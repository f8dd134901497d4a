/** Recordings cut into slots of equal length: what the files and the charts are made of. */
@NullMarked
package dev.stabilitylab.lab.report.timeline;

import org.jspecify.annotations.NullMarked;

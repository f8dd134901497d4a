/** Colours and words that mean the same on every chart. */
@NullMarked
package dev.stabilitylab.lab.report.palette;

import org.jspecify.annotations.NullMarked;

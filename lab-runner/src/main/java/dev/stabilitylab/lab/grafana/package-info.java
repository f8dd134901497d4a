/** Writes what happens in a run onto the graphs of Grafana, where there is one. */
@NullMarked
package dev.stabilitylab.lab.grafana;

import org.jspecify.annotations.NullMarked;

/** Docker, Prometheus and Grafana around the services, tested with the real programs; skipped where one is missing. */
@NullMarked
package dev.stabilitylab.systemtests;

import org.jspecify.annotations.NullMarked;

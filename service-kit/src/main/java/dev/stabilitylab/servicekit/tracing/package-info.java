/** Sends spans and log records to an OpenTelemetry receiver, where the profile {@code tracing} is on. */
@NullMarked
package dev.stabilitylab.servicekit.tracing;

import org.jspecify.annotations.NullMarked;

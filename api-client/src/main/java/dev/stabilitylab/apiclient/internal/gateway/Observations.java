package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.internal.core.Telemetry;
import dev.stabilitylab.apiclient.internal.wire.Request;
import dev.stabilitylab.apiclient.internal.wire.Transport;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/** Lets Micrometer's observations see every call and every attempt; docs/tracing.md explains what they show. */
public final class Observations {

    /** The observation of a call. */
    public static final String CALL = "api.client.call";

    /** The observation of an attempt, a child of the call's. */
    public static final String ATTEMPT = "api.client.attempt";

    /** Nobody looks. */
    public static final Observations NONE = new Observations(ObservationRegistry.NOOP, "X-Fault");

    private final ObservationRegistry registry;
    private final String faultHeader;
    private final boolean enabled;

    /**
     * Whether anybody looks is found out now and once, so that it costs nothing where nobody does: a registry without handlers, or one
     * that does not want these observations, stays unasked.
     *
     * @param faultHeader response header that names an injected fault
     */
    public Observations(ObservationRegistry registry, String faultHeader) {
        this.registry = registry;
        this.faultHeader = faultHeader;
        this.enabled = !Observation.createNotStarted(CALL, registry).isNoop();
    }

    /** Whether Micrometer would make that meter of one of these observations. */
    public static boolean isMeterOfOne(String meter) {
        return meter.equals(CALL)
                || meter.equals(ATTEMPT)
                || meter.startsWith(CALL + ".")
                || meter.startsWith(ATTEMPT + ".");
    }

    /** {@code task} as a part of what this thread is observed at, whichever thread runs it. */
    public Runnable carriedBy(Runnable task) {
        Observation current = enabled ? registry.getCurrentObservation() : null;
        return current == null ? task : () -> current.scoped(task);
    }

    /** A call that begins now, as a child of what this thread is observed at; null when nobody looks. */
    @Nullable
    ObservedCall begin(String upstream, Request request, Telemetry metrics, Transport transport) {
        return enabled ? new ObservedCall(registry, faultHeader, upstream, request, metrics, transport) : null;
    }
}

package dev.stabilitylab.lab.record;

import java.time.Instant;

/** Hears of what happens in a run as soon as the lab knows of it. Called from several threads; must not block, must not throw. */
public interface RunListener {

    /** Hears nothing. */
    RunListener NONE = new RunListener() {};

    /** The recording of a variant has started. */
    default void variantStarted(Instant at, String variant) {}

    /**
     * An upstream was broken or mended.
     *
     * @param fault whether it was broken
     * @param text the fault in a few words
     */
    default void upstreamChanged(Instant at, String upstream, boolean fault, String text) {}

    /** More or fewer users come from now on. */
    default void loadChanged(Instant at, String text) {}

    /**
     * A circuit breaker has changed its state.
     *
     * @param at by the instance's own clock
     * @param from e.g. {@code CLOSED}
     * @param to e.g. {@code OPEN}
     */
    default void breakerChanged(Instant at, String instance, String upstream, String from, String to) {}
}

package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import org.jspecify.annotations.Nullable;

/** Is told what is to be counted or traced. */
public interface Telemetry {

    /**
     * An attempt is about to be sent.
     *
     * @param remaining nanoseconds to the deadline of the call
     */
    default void attempting(@Nullable BreakerStage breaker, long remaining) {}

    /** An attempt has ended. */
    void attempted(Outcome<?> outcome, long nanos);

    /** An attempt after the first is sent. */
    void retried(FailureKind cause);

    /** An attempt was not sent: a policy turned it back, or no connection came free. */
    default void refused(Failure failure) {}

    /** The budget did not allow a retry. */
    void retryRefused();
}

package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;

/** Is told what is to be counted. */
public interface Telemetry {

    /** An attempt has ended. */
    void attempted(Outcome<?> outcome, long nanos);

    /** An attempt after the first is sent. */
    void retried(FailureKind cause);

    /** The budget did not allow a retry. */
    void retryRefused();
}

package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Outcome;

/** What is left of the pipeline, seen from the policy around it. */
@FunctionalInterface
interface Step<T> {

    /** Runs it; ends with a success or a failure, never with a fallback. */
    Outcome<T> run();
}

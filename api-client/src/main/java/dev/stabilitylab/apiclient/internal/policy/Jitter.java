package dev.stabilitylab.apiclient.internal.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How waits between attempts are spread, so that callers who failed together do not come back together. */
public enum Jitter {
    /** No spreading: every caller waits the same. */
    @JsonProperty("none")
    NONE,
    /** Anything from nothing to the whole wait. */
    @JsonProperty("full")
    FULL,
    /** Half of the wait, and anything up to the other half. */
    @JsonProperty("equal")
    EQUAL,
    /** Anything from the base to three times the wait before. */
    @JsonProperty("decorrelated")
    DECORRELATED
}

package dev.stabilitylab.apiclient.internal.gateway;

/** The gateway's metrics; docs/metrics.md explains them. */
final class MetricNames {

    /** Timer: calls as callers experience them, retries and backoff included; tags upstream, outcome. */
    static final String CALLS = "api.client.calls";

    /** Timer: requests on the wire; tags upstream, outcome. */
    static final String ATTEMPTS = "api.client.attempts";

    /** Counter: attempts after the first; tags upstream, cause (the failure before). */
    static final String RETRIES = "api.client.retries";

    /** Counter: failures that a fallback stood in for; tags upstream, cause (the failure). */
    static final String FALLBACKS = "api.client.fallbacks";

    /** Counter: retries that the budget did not allow; tag upstream. */
    static final String RETRIES_REFUSED = "api.client.retries.refused";

    /** Counter: failures that a stale answer stood in for; tags upstream, cause (the failure). */
    static final String STALE_ANSWERS = "api.client.stale.answers";

    /** Gauge: connections by state (leased, idle, pending); tags upstream, state. */
    static final String CONNECTIONS = "api.client.connections";

    static final String UPSTREAM = "upstream";
    static final String OUTCOME = "outcome";
    static final String CAUSE = "cause";
    static final String STATE = "state";
    static final String SUCCESS = "success";

    private MetricNames() {}
}

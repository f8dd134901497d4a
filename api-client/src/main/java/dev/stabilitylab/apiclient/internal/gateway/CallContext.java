package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.Failure;
import java.time.Duration;

/**
 * What all policies of one call need to know.
 *
 * @param allotted the time the call had when it started
 * @param deadline the end of that time
 * @param idempotent whether it may be sent more than once
 */
record CallContext(String upstream, Duration allotted, Deadline deadline, boolean idempotent) {

    /** A call that starts now, and ends with the policy's deadline or the caller's own, whichever comes first. */
    static CallContext starting(String upstream, Duration policyDeadline, boolean idempotent) {
        Duration allotted = Deadline.current()
                .map(Deadline::remaining)
                .filter(remaining -> remaining.compareTo(policyDeadline) < 0)
                .orElse(policyDeadline);
        return new CallContext(upstream, allotted, Deadline.in(allotted), idempotent);
    }

    /** The failure when the time is over. */
    Failure deadlineExceeded() {
        return new Failure.DeadlineExceeded(upstream, allotted);
    }
}

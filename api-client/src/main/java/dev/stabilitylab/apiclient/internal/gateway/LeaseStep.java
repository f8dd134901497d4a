package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Leased;
import dev.stabilitylab.apiclient.Outcome.Success;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets an answer that was just given stand in while the upstream cannot be asked. An upstream that says no has been asked. */
final class LeaseStep {

    private final Duration duration;
    private final LongSupplier nanoTime;
    private final Leases leases;

    /** @param nanoTime as of {@link System#nanoTime()} */
    LeaseStep(Policy.Lease policy, LongSupplier nanoTime) {
        this.duration = policy.duration();
        this.nanoTime = nanoTime;
        this.leases = new Leases(policy.maxEntries());
    }

    // docs:begin lease
    /** A call without a key neither gets a lease nor leaves one. */
    <T> Outcome<T> run(@Nullable LeaseKey key, Step<T> next) {
        if (key == null) {
            return next.run();
        }
        Leases.Asking asking = leases.begin(key, nanoTime.getAsLong());
        try {
            Outcome<T> outcome = next.run();
            if (outcome instanceof Success<T> success) {
                leases.grant(asking, success.value());
            }
            return outcome instanceof Failed<T> failed ? afterFailure(key, failed) : outcome;
        } finally {
            leases.end(asking);
        }
    }

    private <T> Outcome<T> afterFailure(LeaseKey key, Failed<T> failed) {
        return switch (failed.failure().kind()) {
            case REJECTED -> {
                leases.revoke(key);
                yield failed;
            }
            // Nobody waits for the answer.
            case CANCELLED -> failed;
            case CONNECTION_FAILED,
                    TIMED_OUT,
                    SERVER_ERROR,
                    BAD_RESPONSE,
                    THROTTLED,
                    BREAKER_OPEN,
                    BULKHEAD_FULL,
                    DEADLINE_EXCEEDED -> standIn(key, failed);
        };
    }

    // docs:end lease

    private <T> Outcome<T> standIn(LeaseKey key, Failed<T> failed) {
        Failure failure = failed.failure();
        return leases.<T>find(key, nanoTime.getAsLong(), duration)
                .<Outcome<T>>map(held -> new Leased<>(held.value(), held.age(), failure))
                .orElse(failed);
    }
}

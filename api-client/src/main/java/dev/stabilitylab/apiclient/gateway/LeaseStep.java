package dev.stabilitylab.apiclient.gateway;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Leased;
import dev.stabilitylab.apiclient.Outcome.Success;
import dev.stabilitylab.apiclient.policy.Policy;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets an answer that was just seen stand in while the upstream is unreachable, and never when it says no. */
final class LeaseStep {

    private final Leases leases;
    private final LongSupplier nanoTime;

    LeaseStep(Policy.Lease policy, LongSupplier nanoTime) {
        this.leases = new Leases(policy.duration().toNanos(), policy.maxEntries());
        this.nanoTime = nanoTime;
    }

    // docs:begin lease
    /** A call without a key neither gets a lease nor leaves one. */
    <T> Outcome<T> run(@Nullable LeaseKey key, Step<T> next) {
        if (key == null) {
            return next.run();
        }
        long began = nanoTime.getAsLong();
        Outcome<T> outcome = next.run();
        if (outcome instanceof Success<T> success) {
            leases.grant(key, success.value(), began);
        } else if (outcome instanceof Failed<T> failed) {
            FailureKind kind = failed.failure().kind();
            if (kind == FailureKind.REJECTED) {
                leases.revoke(key, nanoTime.getAsLong());
            } else if (kind != FailureKind.CANCELLED) {
                return standIn(key, failed.failure());
            }
        }
        return outcome;
    }
    // docs:end lease

    @SuppressWarnings("unchecked") // The expected type is part of the key.
    private <T> Outcome<T> standIn(LeaseKey key, Failure failure) {
        long now = nanoTime.getAsLong();
        return leases.find(key, now)
                .<Outcome<T>>map(
                        lease -> new Leased<>((T) lease.answer(), Duration.ofNanos(now - lease.beganNanos()), failure))
                .orElseGet(() -> new Failed<>(failure));
    }
}

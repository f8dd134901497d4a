package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;

/** Keeps a slow upstream from taking every thread of its caller: so many attempts at once, and no more. */
final class BulkheadStep {

    private final Bulkhead bulkhead;

    BulkheadStep(Bulkhead bulkhead) {
        this.bulkhead = bulkhead;
    }

    <T> Outcome<T> run(CallContext call, Step<T> next) {
        if (cannotWait(call) || !bulkhead.tryAcquirePermission()) {
            return new Failed<>(
                    Thread.currentThread().isInterrupted()
                            ? new Failure.Cancelled(call.upstream())
                            : new Failure.BulkheadFull(
                                    call.upstream(),
                                    bulkhead.getBulkheadConfig().getMaxConcurrentCalls()));
        }
        try {
            return next.run();
        } finally {
            bulkhead.onComplete();
        }
    }

    // Resilience4j's bulkhead knows no deadline: where its wait could outlast the call's, only a free place will do.
    private boolean cannotWait(CallContext call) {
        BulkheadConfig config = bulkhead.getBulkheadConfig();
        return config.getMaxWaitDuration().compareTo(call.deadline().remaining()) > 0
                && bulkhead.getMetrics().getAvailableConcurrentCalls() == 0;
    }
}

package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.wire.Reply;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import java.time.Duration;

/** One attempt: its timeout, the exchange on the wire, and what its end means. */
final class AttemptStep {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int GATEWAY_TIMEOUT = 504;

    private final Wire wire;
    private final Duration timeout;
    private final GatewayMetrics metrics;

    AttemptStep(Wire wire, Duration timeout, GatewayMetrics metrics) {
        this.wire = wire;
        this.timeout = timeout;
        this.metrics = metrics;
    }

    <T> Outcome<T> run(CallContext call, OutgoingRequest request, AnswerReader<T> reader) {
        if (Thread.currentThread().isInterrupted()) {
            return new Failed<>(new Failure.Cancelled(call.upstream()));
        }
        Duration remaining = call.deadline().remaining();
        // The deadline travels in whole milliseconds; with less than one there is nothing to send.
        if (remaining.toMillis() < 1) {
            return new Failed<>(call.deadlineExceeded());
        }
        // docs:begin attempt
        boolean cutShort = remaining.compareTo(timeout) < 0;
        Duration limit = cutShort ? remaining : timeout;

        long start = System.nanoTime();
        Reply reply = wire.send(request.toExchange(limit), limit);
        Outcome<T> outcome = outcome(call, reply, cutShort, reader);
        if (!(reply instanceof Reply.Crowded)) {
            metrics.attempted(outcome, System.nanoTime() - start);
        }
        return outcome;
        // docs:end attempt
    }

    private <T> Outcome<T> outcome(CallContext call, Reply reply, boolean cutShort, AnswerReader<T> reader) {
        String upstream = call.upstream();
        if (reply instanceof Reply.Answer answer) {
            // An upstream that refuses to start what cannot end in time is not to blame for the time it was given.
            return cutShort && answer.status() == GATEWAY_TIMEOUT
                    ? new Failed<>(call.deadlineExceeded())
                    : answered(upstream, answer, reader);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new Failed<>(new Failure.Cancelled(upstream));
        }
        if (reply instanceof Reply.Expired) {
            // Less time than an attempt deserves says nothing about the upstream.
            return new Failed<>(cutShort ? call.deadlineExceeded() : new Failure.TimedOut(upstream, timeout));
        }
        if (reply instanceof Reply.Broken broken) {
            return new Failed<>(new Failure.ConnectionFailed(upstream, broken.cause()));
        }
        if (reply instanceof Reply.Crowded crowded) {
            return new Failed<>(new Failure.BulkheadFull(upstream, crowded.limit()));
        }
        return new Failed<>(new Failure.BadResponse(upstream, ((Reply.Garbled) reply).reason()));
    }

    private static <T> Outcome<T> answered(String upstream, Reply.Answer answer, AnswerReader<T> reader) {
        int status = answer.status();
        if (status >= 500) {
            return new Failed<>(new Failure.ServerError(upstream, status, answer.retryAfter()));
        }
        if (status == TOO_MANY_REQUESTS) {
            return new Failed<>(new Failure.Throttled(upstream, answer.retryAfter()));
        }
        if (status >= 300) {
            return new Failed<>(new Failure.Rejected(upstream, status));
        }
        try {
            return new Outcome.Success<>(reader.read(answer.body(), status), status);
        } catch (UnreadableAnswerException unreadable) {
            return new Failed<>(new Failure.BadResponse(upstream, unreadable.reason()));
        }
    }
}

package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Success;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Send;
import java.time.Clock;
import java.time.Duration;

/** One attempt: how long it may take, and what its end means. */
final class AttemptStage implements Stage {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final long MILLISECOND = 1_000_000;

    private final long timeout;
    private final Clock clock;

    /** @param clock tells how far away a date in {@code Retry-After} is */
    AttemptStage(Duration timeout, Clock clock) {
        this.timeout = timeout.toNanos();
        this.clock = clock;
    }

    @Override
    public <T> Pass<T> begin(Call<T> call, long now) {
        return new AttemptPass<>(this, call);
    }

    static final class AttemptPass<T> extends Pass<T> {

        private final AttemptStage stage;
        private final Call<T> call;
        private long startedAt;
        private long expiresAt;
        private boolean cutShort;

        private AttemptPass(AttemptStage stage, Call<T> call) {
            this.stage = stage;
            this.call = call;
        }

        // docs:begin attempt
        @Override
        Action enter(long now) {
            long full = Math.min(stage.timeout, call.ownDeadline() - now);
            long left = Math.min(full, call.deadline() - now);
            // The deadline travels in whole milliseconds; with less than one there is nothing to send.
            if (left < MILLISECOND) {
                return new End<T>(new Failed<>(call.deadlineExceeded()));
            }
            startedAt = now;
            expiresAt = now + left;
            // Only the caller's own deadline cuts an attempt short: what the policy gives is the time that it is
            // measured by.
            cutShort = left < full;
            call.attemptBegins(now);
            return new Send(expiresAt);
        }

        End<T> ended(Reply reply, long now) {
            Outcome<T> outcome = outcome(reply);
            if (reply instanceof Reply.NoConnectionFree && outcome instanceof Failed<T> nothingSent) {
                call.telemetry().refused(nothingSent.failure());
            } else {
                call.telemetry().attempted(outcome, now - startedAt);
            }
            return new End<>(outcome);
        }
        // docs:end attempt

        private Outcome<T> outcome(Reply reply) {
            if (reply instanceof Reply.Answered answered) {
                return answered(answered.response());
            }
            return new Failed<>(failure(reply));
        }

        private Failure failure(Reply reply) {
            String upstream = call.upstream();
            if (reply instanceof Reply.Expired) {
                return cutShort
                        ? call.deadlineExceeded()
                        : new Failure.TimedOut(upstream, Duration.ofNanos(expiresAt - startedAt));
            }
            if (reply instanceof Reply.NotConnected notConnected) {
                return new Failure.ConnectionFailed(upstream, notConnected.cause());
            }
            if (reply instanceof Reply.Lost lost) {
                return new Failure.ConnectionLost(upstream, lost.cause());
            }
            if (reply instanceof Reply.Garbled garbled) {
                return new Failure.BadResponse(upstream, garbled.reason(), null);
            }
            if (reply instanceof Reply.NoConnectionFree none) {
                return new Failure.BulkheadFull(upstream, none.limit());
            }
            return new Failure.Cancelled(upstream);
        }

        private Outcome<T> answered(Response response) {
            String upstream = call.upstream();
            int status = response.status();
            // An upstream that does not start what cannot end in time is not to blame for the time it was given.
            if (cutShort && status == GATEWAY_TIMEOUT) {
                return new Failed<>(call.deadlineExceeded());
            }
            if (status >= 500) {
                return new Failed<>(new Failure.ServerError(upstream, response, retryAfter(response)));
            }
            if (status == TOO_MANY_REQUESTS) {
                return new Failed<>(new Failure.Throttled(upstream, response, retryAfter(response)));
            }
            if (status >= 300) {
                return new Failed<>(new Failure.Rejected(upstream, response));
            }
            try {
                return new Success<>(call.facts().reader().read(response), response);
            } catch (ResponseReader.Unreadable unreadable) {
                return new Failed<>(new Failure.BadResponse(upstream, unreadable.reason(), response));
            }
        }

        private Duration retryAfter(Response response) {
            return response.headers()
                    .first("Retry-After")
                    .map(value -> RetryAfter.parse(value, stage.clock))
                    .orElse(Duration.ZERO);
        }
    }
}

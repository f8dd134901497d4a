package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Stale;
import dev.stabilitylab.apiclient.Outcome.Success;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.time.Duration;

/** Lets a recent answer stand in while the upstream fails (RFC 5861, 4). An upstream that says no has not failed. */
final class StaleStage implements Stage {

    private final StaleAnswers answers;

    StaleStage(Policy.StaleIfError policy) {
        this.answers = new StaleAnswers(policy.maxAge(), policy.maxSize().toBytes());
    }

    /** A call without a key neither gets a stale answer nor leaves one. */
    @Override
    public <T> Pass<T> begin(Call<T> call, long now) {
        StaleKey key = call.facts().staleKey();
        return key == null ? Pass.none() : new StalePass<>(answers, call, key, now);
    }

    StaleAnswers answers() {
        return answers;
    }

    void removeExpired(long now) {
        answers.removeExpired(now);
    }

    private static final class StalePass<T> extends Pass<T> {

        private final StaleAnswers answers;
        private final Call<T> call;
        private final StaleAnswers.Asking asking;

        StalePass(StaleAnswers answers, Call<T> call, StaleKey key, long now) {
            this.answers = answers;
            this.call = call;
            this.asking = answers.begin(key, now);
        }

        @Override
        Action leave(End<T> end, long now) {
            try {
                if (end.outcome() instanceof Success<T> success) {
                    answers.keep(asking, success.response());
                } else if (end.outcome() instanceof Failed<T> failed) {
                    return afterFailure(end, failed.failure(), now);
                }
                return end;
            } finally {
                answers.end(asking);
            }
        }

        private End<T> afterFailure(End<T> end, Failure failure, long now) {
            if (Verdict.revokesStale(failure)) {
                answers.revoke(asking);
            }
            StaleAnswers.Held held = Verdict.allowsStale(failure) ? answers.find(asking.key(), now) : null;
            if (held == null) {
                return end;
            }
            try {
                // Read anew, so that callers who change what they get do not change it for others.
                T value = call.facts().reader().read(held.response());
                return new End<>(new Stale<>(value, Duration.ofNanos(now - held.askedAt()), failure));
            } catch (ResponseReader.Unreadable anotherType) {
                return end;
            }
        }

        @Override
        void abandon() {
            answers.end(asking);
        }
    }
}

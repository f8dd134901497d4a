package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome.Degraded;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import java.util.function.Function;

/** Puts the caller's fallback in the place of a failure. */
final class FallbackStage implements Stage {

    @Override
    public <T> Pass<T> begin(Call<T> call, long now) {
        Function<? super Failure, ? extends T> fallback = call.facts().fallback();
        return fallback == null ? Pass.none() : new FallbackPass<>(fallback);
    }

    private static final class FallbackPass<T> extends Pass<T> {

        private final Function<? super Failure, ? extends T> fallback;

        FallbackPass(Function<? super Failure, ? extends T> fallback) {
            this.fallback = fallback;
        }

        @Override
        Action leave(End<T> end, long now) {
            return end.outcome() instanceof Failed<T> failed
                    ? new End<>(new Degraded<>(fallback.apply(failed.failure()), failed.failure()))
                    : end;
        }
    }
}

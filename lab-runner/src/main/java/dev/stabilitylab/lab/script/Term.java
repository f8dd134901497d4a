package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.Claim.BreakerState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One side of a comparison. */
public sealed interface Term {

    /** What the figure counts. */
    Unit unit();

    /** Another variant that the figure is taken from; empty for the variant that has the expectation. */
    Optional<String> otherVariant();

    /**
     * A number from the script.
     *
     * @param value in the base of its unit: milliseconds for times, 0 to 1 for shares
     */
    record Constant(double value, Unit unit) implements Term {
        @Override
        public Optional<String> otherVariant() {
            return Optional.empty();
        }
    }

    /**
     * A figure of a phase, multiplied.
     *
     * @param group of users whose pages it is about, or null for all
     * @param variant another variant, or null for the expectation's own
     */
    record InPhase(
            double factor,
            Metric metric,
            @Nullable String group,
            String phase,
            @Nullable String variant) implements Term {
        @Override
        public Unit unit() {
            return metric.unit();
        }

        @Override
        public Optional<String> otherVariant() {
            return Optional.ofNullable(variant);
        }
    }

    /**
     * The time until every breaker to the watched upstreams was open or closed, multiplied.
     *
     * @param variant another variant, or null for the expectation's own
     */
    record BreakersAfter(
            double factor, BreakerState state, @Nullable String variant) implements Term {
        @Override
        public Unit unit() {
            return Unit.TIME;
        }

        @Override
        public Optional<String> otherVariant() {
            return Optional.ofNullable(variant);
        }
    }
}

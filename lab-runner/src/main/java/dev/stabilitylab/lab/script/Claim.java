package dev.stabilitylab.lab.script;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an expectation states. */
public sealed interface Claim {

    /** One figure compared with another of the same unit. */
    record Comparison(Term left, Operator operator, Term right) implements Claim {}

    /**
     * Every homepage instance's breaker to the watched upstreams has come into a state.
     *
     * @param state open or closed
     * @param within after the first fault for open, after the last heal for closed; null: at the end of the recording, no
     *     matter when it got there
     */
    record EveryBreaker(BreakerState state, @Nullable Duration within) implements Claim {}

    /** A state of a circuit breaker that can be expected. */
    enum BreakerState {
        /** Nothing gets through. */
        OPEN,
        /** Everything gets through. */
        CLOSED
    }

    /** How two figures are compared. */
    enum Operator {
        /** Less than. */
        LESS("<"),
        /** Less than or equal to. */
        AT_MOST("<="),
        /** Greater than. */
        GREATER(">"),
        /** Greater than or equal to. */
        AT_LEAST(">="),
        /** The same, but for rounding in the last digits of a floating point number. */
        EQUAL("=");

        private static final double ROUNDING = 1e-9;

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** As it stands in scripts. */
        public String symbol() {
            return symbol;
        }

        /** Whether {@code left symbol right} is true. */
        public boolean holds(double left, double right) {
            boolean equal = Math.abs(left - right) <= ROUNDING * Math.max(1, Math.abs(right));
            return switch (this) {
                case LESS -> left < right && !equal;
                case AT_MOST -> left < right || equal;
                case GREATER -> left > right && !equal;
                case AT_LEAST -> left > right || equal;
                case EQUAL -> equal;
            };
        }
    }
}

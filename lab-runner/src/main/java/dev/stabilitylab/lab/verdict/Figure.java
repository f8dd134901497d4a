package dev.stabilitylab.lab.verdict;

import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A number that was measured, or why there is none. */
sealed interface Figure {

    /** The number, or null. */
    @Nullable
    Double orNull();

    /** The figure with its number changed. */
    Figure map(DoubleUnaryOperator change);

    /** The quotient, or a missing figure when there is nothing to divide by. */
    static Figure ratio(double dividend, double divisor, String whyMissing) {
        return divisor > 0 ? new Known(dividend / divisor) : new Missing(whyMissing);
    }

    /** A number. */
    record Known(double value) implements Figure {
        @Override
        public Double orNull() {
            return value;
        }

        @Override
        public Figure map(DoubleUnaryOperator change) {
            return new Known(change.applyAsDouble(value));
        }
    }

    /**
     * No number.
     *
     * @param why a clause for people, e.g. {@code no page ended in first seconds}
     */
    record Missing(String why) implements Figure {
        @Override
        public @Nullable Double orNull() {
            return null;
        }

        @Override
        public Figure map(DoubleUnaryOperator change) {
            return this;
        }
    }
}

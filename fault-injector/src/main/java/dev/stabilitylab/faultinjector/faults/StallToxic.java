package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.ShapingToxic;
import java.util.random.RandomGenerator;

/**
 * Falls silent in the middle: so many bytes pass, and what comes behind them waits, with the end, until the toxic is taken off. Nothing is
 * lost and nobody is told, as when a network parts and comes together again.
 *
 * @param bytes that pass, from the moment at which the toxic takes hold of the connection or is changed
 */
record StallToxic(@Attribute(max = Attributes.MAX_WHOLE) long bytes) implements ShapingToxic {

    @Override
    public Shaper newShaper(RandomGenerator random) {
        return new Shaper() {

            private long left = bytes;

            @Override
            public int piece(int available) {
                return left == 0 ? available : (int) Math.min(left, available);
            }

            @Override
            public long due(int piece, long arrival) {
                if (left == 0) {
                    return FOREVER;
                }
                left -= piece;
                return arrival;
            }

            @Override
            public long endDue(long arrival) {
                return left == 0 ? FOREVER : arrival;
            }
        };
    }
}

package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.Effect;
import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.toxic.Attribute;
import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;

/**
 * Ends the connection when so many bytes of the body have passed.
 *
 * @param reset 1 for a TCP reset; 0 for an end in good order
 */
record HttpTruncateFault(
        @Attribute(max = 1L << 40) long bytes,
        @Attribute(max = 1) int reset) implements HttpFault {

    @Override
    public Effect newEffect(RandomGenerator random) {
        return new Effect() {
            private long left = bytes;

            @Override
            public long allowance() {
                return left;
            }

            @Override
            public void pass(ByteBuf content, int from, int to) {
                left -= to - from;
            }

            @Override
            public End end() {
                if (left > 0) {
                    return End.NONE;
                }
                return reset == 1 ? End.RESET : End.CLOSE;
            }
        };
    }
}

package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.Effect;
import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.toxic.Attribute;
import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;

/**
 * Flips one bit in some bytes of the body, whose length stays.
 *
 * @param share of the bytes, 0 to 1
 */
record HttpCorruptFault(@Attribute(max = 1, orElse = 0.1) double share) implements HttpFault {

    /** What is flipped depends on nothing but the generator, however the body is cut into chunks. */
    @Override
    public Effect newEffect(RandomGenerator random) {
        return new Effect() {
            @Override
            public void pass(ByteBuf bytes, int from, int to) {
                for (int i = from; i < to; i++) {
                    if (random.nextDouble() < share) {
                        bytes.setByte(i, bytes.getByte(i) ^ (1 << random.nextInt(Byte.SIZE)));
                    }
                }
            }
        };
    }
}

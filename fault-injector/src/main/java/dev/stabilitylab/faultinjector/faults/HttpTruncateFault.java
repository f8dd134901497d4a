package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.Effect;
import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.http.HttpToxic;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Ends the connection when so many bytes of the body have passed.
 *
 * @param reset whether with a TCP reset, and not in good order
 */
record HttpTruncateFault(long bytes, boolean reset) implements HttpFault {

    static final ToxicType TYPE = HttpToxic.type("http_truncate", HttpTruncateFault::read);

    private static final long MAX_BYTES = 1L << 40;

    private static HttpTruncateFault read(Attributes attributes) {
        return new HttpTruncateFault(
                attributes.whole("bytes", 0, MAX_BYTES, 0), attributes.whole("reset", 0, 1, 0) == 1);
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("bytes", bytes, "reset", reset ? 1 : 0);
    }

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
                return reset ? End.RESET : End.CLOSE;
            }
        };
    }
}

package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.Effect;
import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.http.HttpToxic;
import dev.stabilitylab.faultinjector.http.MessageHead;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Lets the body through a few bytes at a time, the first of them with the head. */
record HttpDripFault(long bytes, long intervalMillis) implements HttpFault {

    static final ToxicType TYPE = HttpToxic.type("http_drip", HttpDripFault::read);

    private static final long MAX_BYTES = 1_048_576;

    private static HttpDripFault read(Attributes attributes) {
        return new HttpDripFault(
                attributes.whole("bytes", 1, MAX_BYTES, 1),
                attributes.whole("interval", 1, Attributes.MAX_MILLIS, 100));
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("bytes", bytes, "interval", intervalMillis);
    }

    @Override
    public Effect newEffect(RandomGenerator random) {
        return new Effect() {
            private long left = bytes;
            private long dueNanos;

            @Override
            public void start(MessageHead head, long nowNanos) {
                dueNanos = nowNanos;
            }

            @Override
            public long allowance() {
                return left;
            }

            @Override
            public void pass(ByteBuf content, int from, int to) {
                left -= to - from;
            }

            @Override
            public long refill(long nowNanos) {
                dueNanos = Math.max(dueNanos + TimeUnit.MILLISECONDS.toNanos(intervalMillis), nowNanos);
                left = bytes;
                return dueNanos - nowNanos;
            }
        };
    }
}

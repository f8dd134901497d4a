package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.Effect;
import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.http.MessageHead;
import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Lets the body through a few bytes at a time, the first of them with the head. */
record HttpDripFault(
        @Attribute(min = 1, max = 1_048_576, orElse = 1) long bytes,

        @Attribute(min = 1, max = Attributes.MAX_MILLIS, orElse = 100)
        long interval)
        implements HttpFault {

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
                dueNanos = Math.max(dueNanos + TimeUnit.MILLISECONDS.toNanos(interval), nowNanos);
                left = bytes;
                return dueNanos - nowNanos;
            }
        };
    }
}

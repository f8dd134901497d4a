package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Signal;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection in good order when it is {@code lifetime} old, plus or minus a uniformly distributed share of {@code jitter},
 * whatever happens on it; as a load balancer does, and a server that keeps no connection for long. The time counts from the moment at
 * which the toxic takes hold of the connection, and goes on when the settings are changed.
 */
record ConnectionLifetimeToxic(
        @Attribute(max = Attributes.MAX_MILLIS, unit = "milliseconds")
        long lifetime,

        @Attribute(max = Attributes.MAX_MILLIS, unit = "milliseconds")
        long jitter)
        implements Toxic {

    @Override
    public ToxicHandler newHandler(RandomGenerator random) {
        return new Handler(TimeUnit.MILLISECONDS.toNanos(drawMillis(random)));
    }

    long drawMillis(RandomGenerator random) {
        long deviation = jitter == 0 ? 0 : random.nextLong(-jitter, jitter + 1);
        return Math.max(0, lifetime + deviation);
    }

    private static final class Handler extends ToxicHandler {

        private final long lifetimeNanos;
        private long ageNanos;
        private @Nullable ScheduledFuture<?> end;
        private boolean over;

        Handler(long lifetimeNanos) {
            this.lifetimeNanos = lifetimeNanos;
        }

        @Override
        public void succeed(ToxicHandler predecessor) {
            Handler before = (Handler) predecessor;
            over = before.over;
            ageNanos = before.age();
        }

        private long age() {
            return end == null ? ageNanos : lifetimeNanos - end.getDelay(TimeUnit.NANOSECONDS);
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            if (!over) {
                long left = Math.max(0, lifetimeNanos - ageNanos);
                end = ctx.executor().schedule(() -> close(ctx), left, TimeUnit.NANOSECONDS);
            }
        }

        private void close(ChannelHandlerContext ctx) {
            over = true;
            ctx.fireUserEventTriggered(Signal.CLOSE);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (over) {
                ReferenceCountUtil.release(message);
            } else {
                ctx.fireChannelRead(message);
            }
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            if (end != null) {
                end.cancel(false);
            }
        }
    }
}

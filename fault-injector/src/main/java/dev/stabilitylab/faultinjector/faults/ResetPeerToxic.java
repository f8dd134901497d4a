package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Signal;
import dev.stabilitylab.faultinjector.toxic.SilentHandler;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.random.RandomGenerator;

/**
 * Cuts the connection with a TCP reset. The time counts from the first bytes that come, or the end if none do; from then on, bytes
 * are dropped.
 *
 * @param timeout until the reset, in milliseconds; 0 for at once
 */
record ResetPeerToxic(
        @Attribute(max = Attributes.MAX_MILLIS, unit = "milliseconds")
        long timeout) implements Toxic {

    @Override
    public ToxicHandler newHandler(RandomGenerator random) {
        return new Handler();
    }

    private final class Handler extends SilentHandler {

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            if (hasDropped()) {
                signalAfter(ctx, timeout, Signal.RESET);
            }
        }

        @Override
        protected void firstDropped(ChannelHandlerContext ctx) {
            signalAfter(ctx, timeout, Signal.RESET);
        }

        @Override
        public void lift(ChannelHandlerContext ctx) {
            if (hasDropped()) {
                ctx.fireUserEventTriggered(Signal.RESET);
            }
        }
    }
}

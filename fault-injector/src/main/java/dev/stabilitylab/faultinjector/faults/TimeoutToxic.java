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
 * A black hole: bytes are dropped and nothing is answered. Taking it off closes the connections that it held, since bytes are
 * missing from them.
 *
 * @param timeout after which the connection is closed, in milliseconds; 0 for never
 */
record TimeoutToxic(
        @Attribute(max = Attributes.MAX_MILLIS, unit = "milliseconds")
        long timeout) implements Toxic {

    @Override
    public ToxicHandler newHandler(RandomGenerator random) {
        return new Handler();
    }

    private final class Handler extends SilentHandler {

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            if (timeout > 0) {
                signalAfter(ctx, timeout, Signal.CLOSE);
            }
        }

        @Override
        public void lift(ChannelHandlerContext ctx) {
            ctx.fireUserEventTriggered(Signal.CLOSE);
        }
    }
}

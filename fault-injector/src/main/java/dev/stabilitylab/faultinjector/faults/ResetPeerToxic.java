package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Signal;
import dev.stabilitylab.faultinjector.toxic.SilentHandler;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import io.netty.channel.ChannelHandlerContext;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Cuts the connection with a TCP reset. The time counts from the first bytes that come, or the end if none do; from then on, bytes
 * are dropped.
 *
 * @param timeoutMillis time until the reset; 0 for at once
 */
record ResetPeerToxic(long timeoutMillis) implements Toxic {

    static final ToxicType TYPE =
            ToxicType.ofToxiproxy("reset_peer", attributes -> new ResetPeerToxic(attributes.millis("timeout")));

    @Override
    public Map<String, Object> attributes() {
        return Map.of("timeout", timeoutMillis);
    }

    @Override
    public ToxicHandler newHandler(RandomGenerator random) {
        return new Handler();
    }

    private final class Handler extends SilentHandler {

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            if (hasDropped()) {
                signalAfter(ctx, timeoutMillis, Signal.RESET);
            }
        }

        @Override
        protected void firstDropped(ChannelHandlerContext ctx) {
            signalAfter(ctx, timeoutMillis, Signal.RESET);
        }

        @Override
        public void lift(ChannelHandlerContext ctx) {
            if (hasDropped()) {
                ctx.fireUserEventTriggered(Signal.RESET);
            }
        }
    }
}

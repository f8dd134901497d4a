package dev.stabilitylab.faultinjector.toxic;

import io.netty.channel.ChannelHandlerContext;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Cuts the connection with a TCP reset. Until then, bytes are dropped. The time counts from the moment the toxic takes hold of the
 * connection; Toxiproxy waits for the first bytes before it starts to count.
 *
 * @param timeoutMillis time until the reset; 0 for at once
 */
record ResetPeerToxic(long timeoutMillis) implements Toxic {

    static final ToxicType TYPE =
            new ToxicType("reset_peer", attributes -> new ResetPeerToxic(attributes.millis("timeout")));

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

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
 * A black hole: bytes are dropped and nothing is answered. Taking it off closes the connections that it held, since bytes are
 * missing from them.
 *
 * @param timeoutMillis after which the connection is closed; 0 for never
 */
record TimeoutToxic(long timeoutMillis) implements Toxic {

    static final ToxicType TYPE =
            ToxicType.ofToxiproxy("timeout", attributes -> new TimeoutToxic(attributes.millis("timeout")));

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
            if (timeoutMillis > 0) {
                signalAfter(ctx, timeoutMillis, Signal.CLOSE);
            }
        }

        @Override
        public void lift(ChannelHandlerContext ctx) {
            ctx.fireUserEventTriggered(Signal.CLOSE);
        }
    }
}

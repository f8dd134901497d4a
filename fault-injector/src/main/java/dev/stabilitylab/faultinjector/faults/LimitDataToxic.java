package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Signal;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.random.RandomGenerator;

/**
 * Closes the connection after so many bytes have passed. What passed while the toxic was on counts, also when its limit is changed
 * later.
 */
record LimitDataToxic(@Attribute(max = Attributes.MAX_WHOLE) long bytes) implements Toxic {

    @Override
    public ToxicHandler newHandler(RandomGenerator random) {
        return new Handler();
    }

    private final class Handler extends ToxicHandler {
        private long passed;
        private boolean closing;

        @Override
        public void succeed(ToxicHandler predecessor) {
            passed = ((Handler) predecessor).passed;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf chunk = (ByteBuf) message;
            long rest = Math.max(0, bytes - passed);
            int piece = (int) Math.min(rest, chunk.readableBytes());
            passed += piece;
            if (piece == chunk.readableBytes()) {
                ctx.fireChannelRead(chunk);
            } else {
                if (piece > 0) {
                    ctx.fireChannelRead(chunk.readRetainedSlice(piece));
                }
                ReferenceCountUtil.release(chunk);
            }
            if (passed >= bytes && !closing) {
                closing = true;
                ctx.fireUserEventTriggered(Signal.CLOSE);
            }
        }
    }
}

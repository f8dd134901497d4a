package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.random.RandomGenerator;

/**
 * Drops chunks of bytes, as Toxiproxy does. A real network that loses packets sends them again, so that a reader sees a delay; here the bytes
 * are missing from the stream, which breaks the protocol on it. {@link LatencyToxic} with a {@code sigma} is closer to a lossy network.
 *
 * @param lossRate probability that a chunk is dropped
 * @param correlation added to that probability when the chunk before was dropped, so that losses come in bursts
 */
record PacketLossToxic(
        @Attribute(max = 1) double lossRate,
        @Attribute(max = 1) double correlation) implements Toxic {

    @Override
    public ToxicHandler newHandler(RandomGenerator random) {
        return new Handler(random);
    }

    private final class Handler extends ToxicHandler {

        private final RandomGenerator random;
        private boolean dropped;
        private boolean passed;

        Handler(RandomGenerator random) {
            this.random = random;
        }

        @Override
        public void succeed(ToxicHandler predecessor) {
            dropped = ((Handler) predecessor).dropped;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object chunk) {
            dropped = random.nextDouble() < (dropped ? lossRate + correlation : lossRate);
            if (dropped) {
                ReferenceCountUtil.release(chunk);
            } else {
                passed = true;
                ctx.fireChannelRead(chunk);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (passed) {
                passed = false;
                ctx.fireChannelReadComplete();
            } else {
                // Nobody behind this handler has seen a byte, so nobody else asks for more.
                ctx.read();
            }
        }
    }
}

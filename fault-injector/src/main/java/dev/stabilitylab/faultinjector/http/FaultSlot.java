package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Marks a connection as one that has an HTTP fault. No bytes go through it: it only has its place in the order of toxics, and the
 * connection's {@link HttpHandler} looks for it there.
 */
final class FaultSlot extends ToxicHandler {

    private final HttpToxic toxic;
    private final RandomGenerator random;
    private boolean lifted;

    FaultSlot(HttpToxic toxic, RandomGenerator random) {
        this.toxic = toxic;
        this.random = random;
    }

    HttpFault fault() {
        return toxic.fault();
    }

    boolean hits(RequestHead request) {
        return toxic.hits(request, random);
    }

    /** A generator for one hit. Chunks come as they like; what they draw must not move the draws of later requests. */
    RandomGenerator randomForHit() {
        return new SplittableRandom(random.nextLong());
    }

    /** Whether the fault is gone, or has other settings now; what it does to open exchanges ends. */
    boolean isLifted() {
        return lifted;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        tell(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        lifted = true;
        tell(ctx);
    }

    private static void tell(ChannelHandlerContext ctx) {
        HttpHandler handler = ctx.pipeline().get(HttpHandler.class);
        if (handler != null && ctx.channel().isActive()) {
            handler.faultsChanged(ctx);
        }
    }
}

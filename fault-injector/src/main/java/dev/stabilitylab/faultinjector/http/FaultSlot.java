package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Marks a direction of a connection as one that has an HTTP fault. No bytes go through it: it only has its place in the order of toxics,
 * and the connection's {@link HttpHandler} looks for it there.
 */
final class FaultSlot extends ToxicHandler {

    private final HttpToxic toxic;
    private final RandomGenerator random;
    private boolean lifted;
    private boolean inert;

    FaultSlot(HttpToxic toxic, RandomGenerator random) {
        this.toxic = toxic;
        this.random = random;
    }

    HttpFault fault() {
        return toxic.fault();
    }

    /** Whether the fault keeps requests from the upstream. */
    boolean responds() {
        return toxic.fault().responds();
    }

    boolean hits(RequestHead request) {
        return toxic.hits(request, random);
    }

    /** Begins a hit. It draws from a generator of its own: chunks come as they like, and must not move the draws of later requests. */
    Hit hit(RequestHead request) {
        meter().requestHit(request::details);
        return new Hit(this, toxic.fault().newEffect(new SplittableRandom(random.nextLong())));
    }

    /** Names the fault in the head of a message that is hit, if that is wanted. */
    void mark(MessageHead head) {
        if (!toxic.mark().isEmpty()) {
            head.add(toxic.mark() + ": " + meter().toxic() + "\r\n");
        }
    }

    /** To be called when a message begins to wait, with the time for which it will. */
    void delays(long nanos) {
        meter().delayed(nanos);
    }

    /** To be called when the fault cannot act on this connection. */
    void inert(Inert why) {
        if (!inert) {
            inert = true;
            meter().inert(why.label());
        }
    }

    /** Whether the fault is gone, or has other settings now; what it does to open exchanges ends. */
    boolean isLifted() {
        return lifted;
    }

    @Override
    public void succeed(ToxicHandler predecessor) {
        inert = ((FaultSlot) predecessor).inert;
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
        HttpHandler handler = HttpHandler.of(ctx.channel());
        if (handler != null && ctx.channel().isActive()) {
            handler.faultsChanged();
        }
    }
}

package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What flows to the upstream. Finds requests, decides what happens to each, and swallows those that are answered here. */
final class RequestSide {

    private enum State {
        HEAD,
        BODY,
        /** Not HTTP, or not any more: bytes pass. */
        UNKNOWN,
        /** The connection ends with an answer of our own: bytes are dropped. */
        ENDING
    }

    private final ChannelHandlerContext ctx;
    private final Exchanges exchanges;
    private final LongSupplier nanoTime;
    private final BodyFramer body = new BodyFramer();
    private final RequestRules rules = new RequestRules();
    private final Portion portion;
    private final RequestHeads heads;
    private State state = State.HEAD;
    private @Nullable Exchange swallowed;

    RequestSide(ChannelHandlerContext ctx, Exchanges exchanges, LongSupplier nanoTime) {
        this.ctx = ctx;
        this.exchanges = exchanges;
        this.nanoTime = nanoTime;
        this.portion = new Portion(this::send);
        this.heads = new RequestHeads(rules, portion);
    }

    /** Takes the next bytes. The promise is kept when they are on their way, or are not to go there. */
    void write(ByteBuf in, ChannelPromise promise) {
        portion.begin(in);
        int at = in.readerIndex();
        int to = in.writerIndex();
        while (at < to) {
            at = step(in, at, to);
        }
        if (portion.finish()) {
            Future<Void> unused = ctx.write(in, promise);
        } else {
            promise.setSuccess();
        }
    }

    /** The connection is gone. */
    void release() {
        portion.release();
    }

    private int step(ByteBuf in, int at, int to) {
        return switch (state) {
            case HEAD -> readHead(in, at, to);
            case BODY -> readBody(in, at, to);
            case UNKNOWN -> pass(to);
            case ENDING -> drop(to);
        };
    }

    private int pass(int to) {
        portion.pass(to);
        return to;
    }

    private int drop(int to) {
        portion.drop(to);
        return to;
    }

    private int readHead(ByteBuf in, int at, int to) {
        int next = heads.read(in, at, to);
        switch (heads.found()) {
            case NOTHING_YET -> {}
            case REQUEST -> begin(heads.decide(), next);
            case UNKNOWN -> becomeUnknown();
        }
        return next;
    }

    private void begin(Exchange exchange, int end) {
        exchanges.add(exchange);
        Answer answer = exchange.answer();
        if (answer == null) {
            heads.letPass(end);
            if (exchange.isConnect()) {
                becomeUnknown();
                return;
            }
        } else {
            portion.drop(end);
            swallowed = exchange;
        }
        body.start(heads.bodyFraming());
        state = State.BODY;
        if (body.isDone() || (answer != null && answer.early())) {
            end();
        }
    }

    private int readBody(ByteBuf in, int at, int to) {
        int next = body.advance(in, at, to, Long.MAX_VALUE);
        if (swallowed == null) {
            portion.pass(next);
        } else {
            portion.drop(next);
        }
        if (body.isDone()) {
            end();
        } else if (body.isBroken()) {
            breakOff();
        }
        return next;
    }

    /** The request is through. */
    private void end() {
        state = State.HEAD;
        Exchange exchange = swallowed;
        if (exchange != null && exchange.answer() != null) {
            swallowed = null;
            exchange.makeReady(nanoTime.getAsLong());
            state = exchange.answer().closes() ? State.ENDING : State.HEAD;
        }
    }

    /** Nobody knows where the next request begins. */
    private void breakOff() {
        if (swallowed == null) {
            becomeUnknown();
        } else {
            swallowed.makeReady(nanoTime.getAsLong());
            swallowed = null;
            state = State.ENDING;
        }
    }

    private void becomeUnknown() {
        state = State.UNKNOWN;
        exchanges.add(Exchange.UNKNOWN);
    }

    /** The other side has found that this is not HTTP, or not any more. */
    void giveUp() {
        if (state != State.ENDING) {
            state = State.UNKNOWN;
            letGo();
        }
    }

    /** The connection has come to its end for the client; nothing more goes to the upstream. */
    void endEarly() {
        state = State.ENDING;
    }

    void faultsChanged(List<FaultSlot> now) {
        rules.set(now);
        if (!rules.mayAnswer()) {
            letGo();
        }
    }

    /** The client has sent all. A request that is cut short is answered as it is. */
    void clientEnded() {
        letGo();
        if (swallowed != null) {
            breakOff();
        }
    }

    /** Sends what is withheld; its end will not come, or need not be waited for. */
    void letGo() {
        ByteBuf withheld = heads.letGo();
        if (withheld.isReadable()) {
            send(withheld);
            ctx.flush();
        }
    }

    private void send(ByteBuf bytes) {
        ctx.write(bytes).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}

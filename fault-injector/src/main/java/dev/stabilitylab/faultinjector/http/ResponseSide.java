package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Backlog.Chunk;
import dev.stabilitylab.faultinjector.http.ResponseState.Phase;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What flows to the client. Finds responses, and does to each what has been decided for its exchange. It stops wherever something has
 * to wait, and puts the rest of the chunk into the backlog.
 */
final class ResponseSide {

    private final ResponseState state;
    private final Backlog backlog;
    private final Pause pause;
    private final Deliveries deliveries;
    private final Consumer<ByteBuf> out;
    private final BodyFramer body = new BodyFramer();
    private final Portion portion;
    private final ResponseHeads heads;
    private boolean awaitsDemand;

    ResponseSide(ResponseState state, Backlog backlog, Pause pause, LongSupplier nanoTime, Consumer<ByteBuf> out) {
        this.state = state;
        this.backlog = backlog;
        this.pause = pause;
        this.deliveries = new Deliveries(pause, backlog, nanoTime, out);
        this.out = out;
        this.portion = new Portion(out);
        this.heads = new ResponseHeads(portion);
    }

    /** Whether bytes can be taken now. */
    boolean takesInput() {
        return pause.isOver() && !deliveries.isToStart() && !awaitsDemand && state.ownAnswerDue() == null;
    }

    /** Whether more went out than came in, and the client has to ask before there is more. */
    boolean awaitsDemand() {
        return awaitsDemand;
    }

    void demandMet() {
        awaitsDemand = false;
    }

    /** Whether nothing of our own is still to be sent, should the upstream end now. */
    boolean mayEnd() {
        return !deliveries.isToStart() && !state.isOwnAnswerNext();
    }

    /** Takes bytes, which this will release or hand on. */
    void consume(ByteBuf in, long arrivedNanos) {
        portion.begin(in);
        int at = in.readerIndex();
        int to = in.writerIndex();
        while (at < to && takesInput()) {
            at = step(in, at, to, arrivedNanos);
        }
        if (at < to) {
            backlog.addFirst(new Chunk(in.retainedSlice(at, to - at), arrivedNanos));
            portion.drop(to);
        }
        if (portion.finish()) {
            out.accept(in);
        }
    }

    /** The connection is gone. */
    void release() {
        portion.release();
    }

    private int step(ByteBuf in, int at, int to, long arrivedNanos) {
        return switch (state.phase()) {
            case HEAD -> readHead(in, at, to, arrivedNanos);
            case BODY -> readBody(in, at, to);
            case DELIVERY -> advanceDelivery(in, at, to);
            case UNKNOWN -> pass(to);
            case ENDED -> drop(to);
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

    private int readHead(ByteBuf in, int at, int to, long arrivedNanos) {
        Exchange exchange = state.exchange();
        if (exchange == null || exchange == Exchange.UNKNOWN || exchange.answer() != null) {
            state.becomeUnknown();
            return at;
        }
        int next = heads.read(in, at, to, exchange);
        switch (heads.found()) {
            case NOTHING_YET, INTERIM -> {}
            case RESPONSE -> begin(exchange, arrivedNanos);
            case TUNNEL, UNKNOWN -> state.becomeUnknown();
        }
        return next;
    }

    private void begin(Exchange exchange, long arrivedNanos) {
        if (!exchange.plan().isEmpty()) {
            deliver(heads.delivery(exchange), arrivedNanos);
            return;
        }
        body.start(heads.bodyFraming(exchange));
        state.beginBody();
        if (body.isDone()) {
            state.exchangeDone();
        }
    }

    /**
     * Does what needs no bytes from the upstream.
     *
     * @param demand whether the client's side takes more
     * @return whether there was something to do
     */
    boolean proceed(boolean demand) {
        if (deliveries.isToStart()) {
            react(deliveries.start());
            return true;
        }
        Exchange first = state.exchange();
        Answer answer = state.ownAnswerDue();
        if (!demand || first == null || answer == null) {
            return false;
        }
        deliver(Delivery.of(first.plan(), answer), first.readyNanos());
        return true;
    }

    private void deliver(Delivery delivery, long sinceNanos) {
        state.beginDelivery();
        deliveries.begin(delivery, sinceNanos);
    }

    private int advanceDelivery(ByteBuf in, int at, int to) {
        int next = deliveries.advance(in, at, to, portion);
        react(deliveries.progress());
        return next;
    }

    private void react(Deliveries.Progress progress) {
        switch (progress) {
            case UNDER_WAY -> {}
            case DONE -> {
                Delivery done = deliveries.finish();
                state.exchangeDone();
                awaitsDemand = done.isEnlarged();
                if (done.isLast()) {
                    state.end(false);
                }
            }
            case BROKEN -> {
                boolean replaced = deliveries.isReplaced();
                deliveries.finish();
                if (replaced) {
                    state.end(false);
                } else {
                    state.becomeUnknown();
                }
            }
            case CUT -> {
                TruncateFault cut = deliveries.finish().cut();
                state.end(cut != null && cut.reset());
            }
        }
    }

    private int readBody(ByteBuf in, int at, int to) {
        int next = body.advance(in, at, to, Long.MAX_VALUE);
        portion.pass(next);
        if (body.isBroken()) {
            state.becomeUnknown();
        } else if (body.isDone()) {
            state.exchangeDone();
        }
        return next;
    }

    /** Sends what is withheld of a head whose end will not come. */
    void letGo() {
        Exchange first = state.exchange();
        ByteBuf begun = heads.giveUp();
        if (state.is(Phase.HEAD) && first != null && !first.plan().isEmpty() && begun.isReadable()) {
            out.accept(begun);
        }
    }
}

package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Backlog.Chunk;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What flows to the client. Finds responses, and does to each what has been decided for its exchange. It stops wherever something has
 * to wait, and puts the rest of the chunk into the backlog.
 */
final class ResponseSide {

    private enum State {
        HEAD,
        BODY,
        /** A response that is hit. */
        DELIVERY,
        /** Not HTTP, or not any more: bytes pass. */
        UNKNOWN,
        /** The connection has ended for the client: bytes are dropped. */
        ENDED
    }

    private final Exchanges exchanges;
    private final RequestSide requests;
    private final Backlog backlog;
    private final Pause pause;
    private final Deliveries deliveries;
    private final Consumer<ByteBuf> out;
    private final BodyFramer body = new BodyFramer();
    private final Portion portion;
    private final ResponseHeads heads;
    private State state = State.HEAD;
    private boolean awaitsDemand;
    private boolean reset;

    ResponseSide(
            Exchanges exchanges,
            RequestSide requests,
            Backlog backlog,
            Pause pause,
            LongSupplier nanoTime,
            Consumer<ByteBuf> out) {
        this.exchanges = exchanges;
        this.requests = requests;
        this.backlog = backlog;
        this.pause = pause;
        this.deliveries = new Deliveries(pause, backlog, nanoTime, out);
        this.out = out;
        this.portion = new Portion(out);
        this.heads = new ResponseHeads(portion);
    }

    /** Whether bytes can be taken now. */
    boolean takesInput() {
        return pause.isOver() && !deliveries.isToStart() && !awaitsDemand && ownAnswerDue() == null;
    }

    private @Nullable Answer ownAnswerDue() {
        Exchange first = exchanges.first();
        return state == State.HEAD && first != null && first.isReady() ? first.answer() : null;
    }

    /** Whether more went out than came in, and the client has to ask before there is more. */
    boolean awaitsDemand() {
        return awaitsDemand;
    }

    void demandMet() {
        awaitsDemand = false;
    }

    boolean isUnknown() {
        return state == State.UNKNOWN;
    }

    /** Whether the connection has ended for the client, though not for the upstream. */
    boolean isEnded() {
        return state == State.ENDED;
    }

    /** Whether it has ended with a TCP reset. */
    boolean isReset() {
        return reset;
    }

    /** Whether nothing of our own is still to be sent, should the upstream end now. */
    boolean mayEnd() {
        Exchange first = exchanges.first();
        return !deliveries.isToStart() && !(state == State.HEAD && first != null && first.answer() != null);
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
        return switch (state) {
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
        Exchange exchange = exchanges.first();
        if (exchange == null || exchange == Exchange.UNKNOWN || exchange.answer() != null) {
            becomeUnknown();
            return at;
        }
        int next = heads.read(in, at, to, exchange);
        switch (heads.found()) {
            case NOTHING_YET, INTERIM -> {}
            case RESPONSE -> begin(exchange, arrivedNanos);
            case TUNNEL, UNKNOWN -> becomeUnknown();
        }
        return next;
    }

    private void begin(Exchange exchange, long arrivedNanos) {
        if (!exchange.plan().isEmpty()) {
            deliver(heads.delivery(exchange), arrivedNanos);
            return;
        }
        body.start(heads.bodyFraming(exchange));
        state = State.BODY;
        if (body.isDone()) {
            exchangeDone();
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
        Exchange first = exchanges.first();
        Answer answer = ownAnswerDue();
        if (!demand || first == null || answer == null) {
            return false;
        }
        deliver(Delivery.of(first.plan(), answer), first.readyNanos());
        return true;
    }

    private void deliver(Delivery delivery, long sinceNanos) {
        state = State.DELIVERY;
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
                exchangeDone();
                awaitsDemand = done.isEnlarged();
                if (done.isLast()) {
                    end(false);
                }
            }
            case BROKEN -> {
                boolean replaced = deliveries.isReplaced();
                deliveries.finish();
                if (replaced) {
                    end(false);
                } else {
                    becomeUnknown();
                }
            }
            case CUT -> {
                TruncateFault cut = deliveries.finish().cut();
                end(cut != null && cut.reset());
            }
        }
    }

    private int readBody(ByteBuf in, int at, int to) {
        int next = body.advance(in, at, to, Long.MAX_VALUE);
        portion.pass(next);
        if (body.isBroken()) {
            becomeUnknown();
        } else if (body.isDone()) {
            exchangeDone();
        }
        return next;
    }

    private void exchangeDone() {
        state = State.HEAD;
        exchanges.removeFirst();
    }

    /** With answers of our own outstanding the connection ends: nobody knows where they would have to go. */
    private void becomeUnknown() {
        if (exchanges.haveOwnAnswers()) {
            end(false);
        } else {
            state = State.UNKNOWN;
            exchanges.clear();
            requests.giveUp();
        }
    }

    private void end(boolean withReset) {
        state = State.ENDED;
        reset = withReset;
        exchanges.clear();
        requests.endEarly();
    }

    /** Sends what is withheld of a head whose end will not come. */
    void letGo() {
        Exchange first = exchanges.first();
        ByteBuf begun = heads.giveUp();
        if (state == State.HEAD && first != null && !first.plan().isEmpty() && begun.isReadable()) {
            out.accept(begun);
        }
    }
}

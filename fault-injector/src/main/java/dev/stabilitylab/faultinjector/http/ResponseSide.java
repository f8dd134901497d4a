package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Backlog.Chunk;
import dev.stabilitylab.faultinjector.http.Plan.Hit;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
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
        /** A head is here, and has not been sent on yet. */
        START,
        BODY,
        /** A body whose place another one took. */
        REPLACED,
        /** Not HTTP, or not any more: bytes pass. */
        UNKNOWN,
        /** The connection has ended for the client: bytes are dropped. */
        ENDED
    }

    private final Exchanges exchanges;
    private final RequestSide requests;
    private final Backlog backlog;
    private final Gate gate;
    private final LongSupplier nanoTime;
    private final Consumer<ByteBuf> out;
    private final ResponseParser parser = new ResponseParser();
    private final HeadCollector heads = new HeadCollector(parser);
    private final BodyFramer body = new BodyFramer();
    private final Portion portion;
    private State state = State.HEAD;
    private @Nullable Delivery delivery;
    private boolean awaitsDemand;
    private boolean reset;

    ResponseSide(
            Exchanges exchanges,
            RequestSide requests,
            Backlog backlog,
            Gate gate,
            LongSupplier nanoTime,
            Consumer<ByteBuf> out) {
        this.exchanges = exchanges;
        this.requests = requests;
        this.backlog = backlog;
        this.gate = gate;
        this.nanoTime = nanoTime;
        this.out = out;
        this.portion = new Portion(out);
    }

    /** Whether bytes can be taken now. */
    boolean takesInput() {
        return gate.isOpen() && state != State.START && !awaitsDemand && ownAnswerDue() == null;
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
        return state != State.START && !(state == State.HEAD && first != null && first.answer() != null);
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

    private int step(ByteBuf in, int at, int to, long arrivedNanos) {
        return switch (state) {
            case HEAD -> readHead(in, at, to, arrivedNanos);
            case BODY -> readBody(in, at, to);
            case REPLACED -> dropBody(in, at, to);
            case UNKNOWN -> pass(to);
            case ENDED -> drop(to);
            case START -> throw new IllegalStateException(state.name());
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
        boolean hit = !exchange.plan().isEmpty();
        int end = heads.feed(in, at, to);
        if (end == HeadParser.INCOMPLETE) {
            return hit ? drop(to) : pass(to);
        }
        if (end == HeadParser.INVALID) {
            ByteBuf begun = heads.giveUp();
            portion.insert(hit ? begun : begun.slice(0, 0));
            becomeUnknown();
            return at;
        }
        boolean tunnel = parser.opensTunnel(exchange);
        if (hit && !tunnel && !parser.isInterim()) {
            portion.drop(end);
            arrived(exchange, arrivedNanos);
            return end;
        }
        portion.insert(
                hit
                        ? heads.earlierBytes().retain()
                        : heads.earlierBytes().slice(0, 0).retain());
        portion.pass(end);
        if (tunnel) {
            becomeUnknown();
        } else if (!parser.isInterim()) {
            startBody(parser.bodyFraming(exchange));
        }
        return end;
    }

    private void arrived(Exchange exchange, long arrivedNanos) {
        long framing = parser.bodyFraming(exchange);
        begin(Delivery.of(exchange.plan(), heads.text(), framing, parser.isBodiless(exchange)), exchange, arrivedNanos);
    }

    private void begin(Delivery next, Exchange exchange, long sinceNanos) {
        delivery = next;
        state = State.START;
        Hit<LatencyFault> latency = exchange.plan().find(LatencyFault.class);
        if (latency != null) {
            long millis = latency.fault().delayMillis(latency.random());
            gate.close(sinceNanos + TimeUnit.MILLISECONDS.toNanos(millis) - nanoTime.getAsLong(), latency.slot());
        }
    }

    /**
     * Does what needs no bytes from the upstream.
     *
     * @param demand whether the client's side takes more
     * @return whether there was something to do
     */
    boolean proceed(boolean demand) {
        if (state == State.START && delivery != null) {
            start(delivery);
            return true;
        }
        Exchange first = exchanges.first();
        Answer answer = ownAnswerDue();
        if (!demand || first == null || answer == null) {
            return false;
        }
        begin(Delivery.of(first.plan(), answer), first, first.readyNanos());
        return true;
    }

    private void start(Delivery hit) {
        long now = nanoTime.getAsLong();
        out.accept(hit.start(now));
        ByteBuf own = hit.ownBody();
        if (own != null && own.isReadable()) {
            backlog.addFirst(new Chunk(own, now));
        }
        TruncateFault cut = hit.cut();
        if (cut == null) {
            startBody(hit.framing());
        } else {
            end(cut.reset());
        }
    }

    private void startBody(long framing) {
        body.start(framing);
        state = State.BODY;
        if (body.isDone()) {
            bodyDone();
        }
    }

    private int readBody(ByteBuf in, int at, int to) {
        Delivery hit = delivery;
        int next = body.advance(in, at, to, hit == null ? Long.MAX_VALUE : hit.budget());
        if (next == at && hit != null) {
            pause(hit);
            return at;
        }
        if (hit != null && body.wasContent()) {
            hit.pass(in, at, next);
        }
        portion.pass(next);
        TruncateFault cut = hit == null ? null : hit.cut();
        if (cut != null) {
            end(cut.reset());
        } else if (body.isBroken()) {
            becomeUnknown();
        } else if (body.isDone()) {
            bodyDone();
        }
        return next;
    }

    private void pause(Delivery hit) {
        Hit<DripFault> drip = hit.drip();
        if (drip != null) {
            gate.close(hit.refill(drip.fault(), nanoTime.getAsLong()), drip.slot());
        }
    }

    private void bodyDone() {
        if (delivery != null && delivery.replacedFraming() != 0) {
            body.start(delivery.replacedFraming());
            state = State.REPLACED;
        } else {
            exchangeDone();
        }
    }

    private int dropBody(ByteBuf in, int at, int to) {
        int next = body.advance(in, at, to, Long.MAX_VALUE);
        portion.drop(next);
        if (body.isBroken()) {
            end(false);
        } else if (body.isDone()) {
            exchangeDone();
        }
        return next;
    }

    private void exchangeDone() {
        Delivery done = delivery;
        delivery = null;
        state = State.HEAD;
        exchanges.removeFirst();
        if (done != null && done.isLast()) {
            end(false);
        } else if (done != null) {
            awaitsDemand = done.isEnlarged();
        }
    }

    /** With answers of our own outstanding the connection ends: nobody knows where they would have to go. */
    private void becomeUnknown() {
        if (exchanges.haveOwnAnswers()) {
            end(false);
        } else {
            state = State.UNKNOWN;
            delivery = null;
            exchanges.clear();
            requests.giveUp();
        }
    }

    private void end(boolean withReset) {
        state = State.ENDED;
        reset = withReset;
        delivery = null;
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

package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Effect.End;
import dev.stabilitylab.faultinjector.toxic.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The responses, from the upstream to the client: as fast as the client's side asks for them, and between them those that do not come
 * from the upstream. When much waits, nothing more is read.
 */
final class ResponseFlow extends MessageFlow<ResponseParser> {

    private boolean demand;
    private boolean hasPassed;
    private boolean transparent;
    private boolean upstreamEnded;
    private boolean endPassed;
    private boolean reset;

    ResponseFlow(ChannelHandlerContext ctx, Exchanges exchanges, HttpHandler connection, LongSupplier nanoTime) {
        super(ctx, new ResponseParser(), exchanges, connection, nanoTime);
    }

    /** Bytes have come from the upstream. */
    void receive(ByteBuf bytes) {
        if (transparent) {
            ctx.fireChannelRead(bytes);
        } else {
            take(bytes);
        }
    }

    /** These were all for now. */
    void received() {
        if (transparent) {
            ctx.fireChannelReadComplete();
        } else {
            advance();
        }
    }

    /** The client's side takes more. */
    void demand() {
        if (transparent) {
            ctx.read();
        } else {
            demand = true;
            advance();
        }
    }

    /** Requests have been made, which may be to be answered here. */
    void requested() {
        if (exchanges.haveOwnResponses()) {
            advance();
        }
    }

    /** The upstream has sent all. */
    void upstreamEnded() {
        upstreamEnded = true;
        advance();
    }

    @Override
    int skipBeforeHead(ByteBuf in, int at, int to) {
        Exchange exchange = exchanges.first();
        if (exchange == null || exchange.kind() == Exchange.Kind.OPAQUE || exchange.ownResponse() != null) {
            becomeOpaque(Inert.UNEXPECTED_RESPONSE);
        }
        return at;
    }

    @Override
    boolean withholdsHead() {
        Exchange exchange = exchanges.first();
        return exchange != null && !exchange.hits().isEmpty();
    }

    @Override
    void headRead() {
        Exchange exchange = exchanges.current();
        if (parser.opensTunnel(exchange)) {
            passHead();
            becomeOpaque(Inert.TUNNEL);
        } else if (parser.isInterim()) {
            passHead();
        } else if (exchange.hits().isEmpty()) {
            passMessage(parser.bodyFraming(exchange));
        } else {
            MessageHead head = new MessageHead(heads.text(), parser.bodyFraming(exchange), parser.isBodiless(exchange));
            hitMessage(exchange.hits(), head);
        }
    }

    @Override
    void messageDone() {
        exchanges.removeFirst();
    }

    /** With responses of our own outstanding that is the end: nobody knows where they would have to go. */
    @Override
    void opaque(Inert why) {
        connection.inert(why);
        if (exchanges.haveOwnResponses()) {
            end(End.CLOSE);
        } else {
            exchanges.clear();
            connection.requests().letEverythingPass();
        }
    }

    @Override
    void ended(End how) {
        reset = how == End.RESET;
        exchanges.clear();
        connection.requests().dropRest();
        connection.requests().advance();
    }

    @Override
    boolean hasDemand() {
        return demand && !hasPassed;
    }

    @Override
    boolean isOwnDue() {
        return isOwnResponseNext() && exchanges.current().isReady();
    }

    /** Whether one comes next, be its request at its end or not. */
    private boolean isOwnResponseNext() {
        Exchange first = exchanges.first();
        return isAt(Phase.HEAD) && first != null && first.ownResponse() != null;
    }

    @Override
    boolean sendOwn() {
        if (!demand || !isOwnDue()) {
            return false;
        }
        Exchange exchange = exchanges.current();
        OwnResponse response = Objects.requireNonNull(exchange.ownResponse());
        deliver(
                new FaultyMessage(exchange.hits(), new MessageHead(response), response.closes()),
                exchange.readyNanos());
        return true;
    }

    @Override
    void pass(ByteBuf bytes) {
        hasPassed = true;
        ctx.fireChannelRead(bytes);
    }

    @Override
    boolean passed() {
        if (!hasPassed) {
            return false;
        }
        hasPassed = false;
        demand = false;
        ctx.fireChannelReadComplete();
        return true;
    }

    @Override
    void settle() {
        transparent = isAt(Phase.OPAQUE) && backlog.isEmpty();
        if (isAt(Phase.ENDED)) {
            passEnd(reset ? Signal.RESET : ChannelInputShutdownEvent.INSTANCE);
        } else if (!upstreamEnded) {
            if (demand && backlog.hasRoom()) {
                ctx.read();
            }
        } else if (isIdle() && !isOwnResponseNext()) {
            letGo();
            passEnd(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    private void passEnd(Object end) {
        if (!endPassed) {
            endPassed = true;
            ctx.fireUserEventTriggered(end);
        }
    }
}

package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Effect.End;
import dev.stabilitylab.faultinjector.toxic.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The responses, from the upstream to the client: as fast as the client's side asks for them, and between them those that do not come
 * from the upstream. When much waits, nothing more is read.
 */
final class ResponseFlow extends MessageFlow {

    private final ResponseParser parser;
    private final Exchanges exchanges;
    private final HttpHandler connection;
    private boolean demand;
    private boolean hasPassed;
    private boolean transparent;
    private boolean upstreamEnded;
    private boolean endPassed;
    private boolean reset;

    ResponseFlow(ChannelHandlerContext ctx, Exchanges exchanges, HttpHandler connection, LongSupplier nanoTime) {
        this(ctx, new ResponseParser(), exchanges, connection, nanoTime);
    }

    private ResponseFlow(
            ChannelHandlerContext ctx,
            ResponseParser parser,
            Exchanges exchanges,
            HttpHandler connection,
            LongSupplier nanoTime) {
        super(ctx, parser, nanoTime);
        this.parser = parser;
        this.exchanges = exchanges;
        this.connection = connection;
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
        if (exchange == null || exchange.isOpaque() || exchange.ownResponse() != null) {
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

    @Override
    void swallowedBroke() {
        throw new IllegalStateException("a response is never left out");
    }

    /** With responses of our own outstanding that is the end: nobody knows where they would have to go. */
    @Override
    void opaque(Inert why) {
        connection.inert(why);
        if (exchanges.haveOwnResponses()) {
            end(End.CLOSE);
        } else {
            exchanges.clear();
            connection.letRequestsPass();
        }
    }

    @Override
    void ended(End how) {
        reset = how == End.RESET;
        exchanges.clear();
        connection.dropRequests();
    }

    @Override
    boolean hasDemand() {
        return demand && !hasPassed;
    }

    /** The one that can be given now, if it comes next. */
    private @Nullable OwnResponse ownResponseDue() {
        Exchange first = exchanges.first();
        return isAtHead() && first != null && first.isReady() ? first.ownResponse() : null;
    }

    @Override
    boolean isOwnDue() {
        return ownResponseDue() != null;
    }

    @Override
    boolean sendOwn() {
        OwnResponse response = demand ? ownResponseDue() : null;
        if (response == null) {
            return false;
        }
        Exchange exchange = exchanges.current();
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
        transparent = isOpaque() && !hasBacklog();
        if (isEnded()) {
            passEnd(reset ? Signal.RESET : ChannelInputShutdownEvent.INSTANCE);
        } else if (!upstreamEnded) {
            if (demand && hasRoom()) {
                ctx.read();
            }
        } else if (isIdle() && !isOwnResponseNext()) {
            letGo();
            passEnd(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    /** Whether one comes next, be its request at its end or not. */
    private boolean isOwnResponseNext() {
        Exchange first = exchanges.first();
        return isAtHead() && first != null && first.ownResponse() != null;
    }

    private void passEnd(Object end) {
        if (!endPassed) {
            endPassed = true;
            ctx.fireUserEventTriggered(end);
        }
    }
}

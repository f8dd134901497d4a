package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Effect.End;
import dev.stabilitylab.faultinjector.http.HttpToxic.Hit;
import dev.stabilitylab.faultinjector.http.HttpToxic.Slot;
import dev.stabilitylab.faultinjector.toxic.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The requests, from the client to the upstream: decides what happens to each exchange, and keeps back what is answered here. */
final class RequestFlow extends MessageFlow<RequestParser> {

    private static final int WRITABILITY_INDEX = 2;

    private List<Slot> onRequests = List.of();
    private List<Slot> onResponses = List.of();
    private @Nullable Exchange swallowed;
    private @Nullable ChannelPromise end;
    private boolean unflushed;
    private boolean awaitingSent;
    private boolean full;

    RequestFlow(ChannelHandlerContext ctx, Exchanges exchanges, HttpHandler connection, LongSupplier nanoTime) {
        super(ctx, new RequestParser(), exchanges, connection, nanoTime);
    }

    /** The client has sent all; the promise is kept when the upstream can be told. */
    void end(ChannelPromise promise) {
        end = promise;
        advance();
    }

    void flush() {
        unflushed = true;
        advance();
    }

    /** From now on these are the faults, for requests and for responses. */
    void setFaults(List<Slot> requestFaults, List<Slot> responseFaults) {
        onRequests = requestFaults;
        onResponses = responseFaults;
        if (!withholdsHead()) {
            letGo();
            advance();
        }
        faultsChanged();
    }

    /** An empty line before a request is to be tolerated. */
    @Override
    int skipBeforeHead(ByteBuf in, int from, int to) {
        int at = from;
        while (at < to && (in.getByte(at) == '\r' || in.getByte(at) == '\n')) {
            at++;
        }
        return at;
    }

    @Override
    boolean withholdsHead() {
        return !onRequests.isEmpty()
                || onResponses.stream().anyMatch(slot -> slot.fault().responds());
    }

    @Override
    void headRead() {
        if (parser.bodyFraming() == HeadParser.INVALID) {
            passHead();
            becomeOpaque(Inert.AMBIGUOUS_HEAD);
        } else if (onRequests.isEmpty() && onResponses.isEmpty()) {
            begin(new Exchange(parser.kind(), List.of(), null), List.of());
        } else {
            decide(new RequestHead(heads.text()));
        }
    }

    /** Of each type the first fault that hits counts; types add up. What has passed in part already cannot be kept back any more. */
    private void decide(RequestHead request) {
        List<Hit> requestHits = isWithheld() ? hits(onRequests, request) : List.of();
        List<Hit> responseHits = hits(onResponses, request);
        OwnResponse response = null;
        for (Hit hit : responseHits) {
            if (hit.slot().fault().responds()) {
                response = hit.slot().fault().response(request, parser.bodyFraming() != 0);
            }
        }
        begin(new Exchange(parser.kind(), responseHits, response), requestHits);
    }

    private List<Hit> hits(List<Slot> slots, RequestHead request) {
        List<Hit> hits = new ArrayList<>();
        for (Slot slot : slots) {
            Class<?> type = slot.fault().getClass();
            boolean possible = isWithheld() || !slot.fault().responds();
            boolean first = hits.stream().noneMatch(hit -> hit.slot().fault().getClass() == type);
            if (possible && first && slot.hits(request)) {
                hits.add(slot.hit(request));
            }
        }
        return hits;
    }

    private void begin(Exchange exchange, List<Hit> requestHits) {
        exchanges.add(exchange);
        OwnResponse response = exchange.ownResponse();
        if (response != null) {
            swallowed = exchange;
            swallowMessage(response.early() ? 0 : parser.bodyFraming());
        } else if (exchange.kind() == Exchange.Kind.CONNECT) {
            passHead();
            becomeOpaque(Inert.TUNNEL);
        } else if (requestHits.isEmpty()) {
            passMessage(parser.bodyFraming());
        } else {
            hitMessage(requestHits, new MessageHead(heads.text(), parser.bodyFraming(), parser.bodyFraming() == 0));
        }
    }

    @Override
    void messageDone() {
        answerSwallowed();
    }

    /** The request is answered as it is; nobody knows where the next one begins. */
    @Override
    void swallowedBroke() {
        answerSwallowed();
        dropRest();
    }

    private void answerSwallowed() {
        Exchange exchange = swallowed;
        if (exchange != null) {
            swallowed = null;
            exchange.makeReady(nanoTime.getAsLong());
            if (exchange.closes()) {
                dropRest();
            }
        }
    }

    @Override
    void opaque(Inert why) {
        connection.inert(why);
        exchanges.add(new Exchange(Exchange.Kind.OPAQUE, List.of(), null));
    }

    /** What has passed is sent first. */
    @Override
    void ended(End how) {
        Signal signal = how == End.RESET ? Signal.RESET : Signal.CLOSE;
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> ctx.fireUserEventTriggered(signal));
    }

    @Override
    void pass(ByteBuf bytes) {
        unflushed = true;
        Future<Void> unused = ctx.write(bytes, ctx.voidPromise());
    }

    @Override
    void settle() {
        ChannelPromise promise = end;
        if (promise != null && isIdle()) {
            end = null;
            letGo();
            if (isAt(Phase.SWALLOWED)) {
                swallowedBroke();
            }
            unflushed = true;
            Future<Void> unused = ctx.write(Unpooled.EMPTY_BUFFER, promise);
        }
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
        if (awaitsDemand() && !awaitingSent) {
            // There is demand when all has been sent.
            awaitingSent = true;
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
                awaitingSent = false;
                demandMet();
            });
        }
        if (full == backlog.hasRoom()) {
            full = !full;
            Exchanges.setWritable(ctx.channel(), WRITABILITY_INDEX, !full);
        }
        connection.responses().requested();
    }

    @Override
    void release() {
        super.release();
        if (end != null) {
            end.tryFailure(new ClosedChannelException());
        }
    }
}

package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.HttpToxic.Slot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the HTTP/1 on one connection, and makes the faults happen that understand it. It has to be the first handler in the pipeline
 * of the upstream's channel: requests go through it last, and responses first. What is not hit passes as it is, and so does what is
 * not HTTP/1.
 */
public final class HttpHandler extends ChannelDuplexHandler {

    private static final AttributeKey<HttpHandler> KEY = AttributeKey.valueOf(HttpHandler.class, "of this connection");

    private final Channel client;
    private final LongSupplier nanoTime;
    private @Nullable Channel upstream;
    private @Nullable RequestFlow requests;
    private @Nullable ResponseFlow responses;
    private @Nullable Inert inert;

    /** Waits for nothing yet; {@code client} is the other channel of the connection, with the faults on requests in its pipeline. */
    public HttpHandler(Channel client) {
        this(client, System::nanoTime);
    }

    HttpHandler(Channel client, LongSupplier nanoTime) {
        this.client = client;
        this.nanoTime = nanoTime;
    }

    /** The one of the connection that {@code channel} is a side of. */
    static @Nullable HttpHandler of(Channel channel) {
        return channel.attr(KEY).get();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        Exchanges exchanges = new Exchanges(ctx.channel());
        requests = new RequestFlow(ctx, exchanges, this, nanoTime);
        responses = new ResponseFlow(ctx, exchanges, this, nanoTime);
        upstream = ctx.channel();
        upstream.attr(KEY).set(this);
        client.attr(KEY).set(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        requests().release();
        responses().release();
    }

    RequestFlow requests() {
        return Objects.requireNonNull(requests);
    }

    ResponseFlow responses() {
        return Objects.requireNonNull(responses);
    }

    /** To be called when HTTP faults of this connection have come, changed or gone. */
    void faultsChanged() {
        requests().setFaults(slots(client), slots(Objects.requireNonNull(upstream)));
        responses().faultsChanged();
        tellIfInert();
    }

    private static List<Slot> slots(Channel channel) {
        List<Slot> slots = new ArrayList<>();
        for (Map.Entry<String, ChannelHandler> entry : channel.pipeline()) {
            if (entry.getValue() instanceof Slot slot) {
                slots.add(slot);
            }
        }
        return slots;
    }

    /** Faults cannot act any more, from here on, because of that. */
    void inert(Inert why) {
        if (inert == null) {
            inert = why;
            tellIfInert();
        }
    }

    private void tellIfInert() {
        Inert why = inert;
        if (why != null) {
            slots(client).forEach(slot -> slot.inert(why));
            slots(Objects.requireNonNull(upstream)).forEach(slot -> slot.inert(why));
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message == Unpooled.EMPTY_BUFFER) {
            // That is how the end of the direction is told.
            requests().end(promise);
        } else if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            requests().take(bytes);
            promise.trySuccess();
        } else {
            Future<Void> unused = ctx.write(message, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        requests().flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        responses().receive((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        responses().received();
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        responses().demand();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            responses().upstreamEnded();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}

package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
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

    private final LongSupplier nanoTime;
    private @Nullable RequestSide requests;
    private @Nullable ResponseFlow responses;

    /** Waits for nothing yet. */
    public HttpHandler() {
        this(System::nanoTime);
    }

    HttpHandler(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        Exchanges exchanges = new Exchanges(ctx.channel());
        requests = new RequestSide(ctx, exchanges, nanoTime);
        responses = new ResponseFlow(ctx, exchanges, requests, nanoTime);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        requests().release();
        responses().release();
    }

    private RequestSide requests() {
        return Objects.requireNonNull(requests);
    }

    private ResponseFlow responses() {
        return Objects.requireNonNull(responses);
    }

    /** To be called when HTTP faults of this connection have come, changed or gone. */
    void faultsChanged(ChannelHandlerContext anywhere) {
        List<FaultSlot> slots = new ArrayList<>();
        for (Map.Entry<String, ChannelHandler> entry : anywhere.pipeline()) {
            if (entry.getValue() instanceof FaultSlot slot) {
                slots.add(slot);
            }
        }
        requests().faultsChanged(slots);
        responses().faultsChanged();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message == Unpooled.EMPTY_BUFFER) {
            // That is how the end of the direction is told.
            requests().clientEnded();
        }
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            requests().write(bytes, promise);
        } else {
            Future<Void> unused = ctx.write(message, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        responses().requested();
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

package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.control.BodyCollector.Oversized;
import dev.stabilitylab.faultinjector.events.EventStreams;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the control API: answers its requests in their order, one at a time. It reads on only when an answer has been taken
 * ({@code AUTO_READ} is off), so a client that never reads costs one answer, however much it asks for.
 */
final class ControlHandler extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(ControlHandler.class);

    private final Dispatcher dispatcher;
    private final Executor changes;
    private final EventStreams events;
    /** Requests, and what is in the place of one, that came together with one that is being answered. */
    private final Queue<Object> waiting = new ArrayDeque<>();

    private boolean answering;
    /** The client has ended its side, perhaps right after its requests. */
    private boolean ended;

    /**
     * Takes requests on any event loop.
     *
     * @param changes answers them, one after the other; not an event loop, since changes wait for those
     * @param events takes over the connections of those who want to be told of changes
     */
    ControlHandler(Dispatcher dispatcher, Executor changes, EventStreams events) {
        this.dispatcher = dispatcher;
        this.changes = changes;
        this.events = events;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        waiting.add(message);
        answerNext(ctx);
    }

    /** What was read may have been no whole request, or the rest of one that was refused. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        answerNext(ctx);
    }

    private void answerNext(ChannelHandlerContext ctx) {
        if (answering) {
            return;
        }
        Object next = waiting.poll();
        if (next != null) {
            answering = true;
            answer(ctx, next);
        } else if (ended) {
            close(ctx);
        } else {
            ctx.read();
        }
    }

    private void answer(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Oversized oversized) {
            send(ctx, oversized.response(), oversized.keepAlive());
            return;
        }
        FullHttpRequest request = (FullHttpRequest) message;
        byte[] body = ByteBufUtil.getBytes(request.content());
        request.release();
        boolean keepAlive = request.decoderResult().isSuccess() && HttpUtil.isKeepAlive(request);
        // An answer may have to wait for a name server, while those to other connections do not.
        changes.execute(() -> {
            CompletableFuture<?> unused = dispatcher
                    .respond(request, body)
                    .thenAccept(response -> take(ctx, request, response, keepAlive))
                    .exceptionally(failure -> {
                        log.error("A request was not answered", failure);
                        close(ctx);
                        return null;
                    });
        });
    }

    private void take(ChannelHandlerContext ctx, HttpRequest request, Response response, boolean keepAlive) {
        if (response.isEvents()) {
            openEvents(ctx, request, response, keepAlive);
        } else {
            send(ctx, response, keepAlive);
        }
    }

    private void send(ChannelHandlerContext ctx, Response response, boolean keepAlive) {
        ChannelFuture sent = response.writeTo(ctx, keepAlive);
        sent.addListener(done -> {
            answering = false;
            if (keepAlive && done.isSuccess()) {
                answerNext(ctx);
            } else {
                close(ctx);
            }
        });
    }

    private void openEvents(ChannelHandlerContext ctx, HttpRequest request, Response response, boolean keepAlive) {
        if (events.isFull()) {
            String full = "there are %d streams of events already; close one".formatted(EventStreams.MAX_STREAMS);
            send(ctx, Response.error(HttpResponseStatus.SERVICE_UNAVAILABLE, full), keepAlive);
            return;
        }
        try {
            events.open(ctx.channel(), request, response.head());
        } catch (IllegalArgumentException e) {
            send(ctx, Response.error(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage())), keepAlive);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            close(ctx);
        } else if (event instanceof ChannelInputShutdownEvent) {
            ended = true;
            answerNext(ctx);
        }
    }

    /** The connection is over, or becomes a stream of events. Whoever asks for more on one has it closed, behind the stream's head. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (!waiting.isEmpty()) {
            waiting.forEach(ReferenceCountUtil::release);
            waiting.clear();
            Channel channel = ctx.channel();
            channel.eventLoop()
                    .execute(() -> channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("Control connection {} broke", ctx.channel(), cause);
        close(ctx);
    }

    private static void close(ChannelHandlerContext ctx) {
        ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}

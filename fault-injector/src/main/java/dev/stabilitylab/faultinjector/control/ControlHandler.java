package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.control.BodyCollector.Oversized;
import dev.stabilitylab.faultinjector.events.EventStreams;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of the control API: answers its requests in their order. */
final class ControlHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger log = LoggerFactory.getLogger(ControlHandler.class);

    private final Dispatcher dispatcher;
    private final EventExecutor changes;
    private final EventStreams events;
    /** Done when all requests before have been answered. Used only where changes are made. */
    private CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);

    /**
     * Takes requests on any event loop.
     *
     * @param changes answers them, one after the other; not an event loop, since changes wait for those
     * @param events takes over the connections of those who want to be told of changes
     */
    ControlHandler(Dispatcher dispatcher, EventExecutor changes, EventStreams events) {
        this.dispatcher = dispatcher;
        this.changes = changes;
        this.events = events;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        byte[] body = ByteBufUtil.getBytes(request.content());
        boolean keepAlive = request.decoderResult().isSuccess() && HttpUtil.isKeepAlive(request);
        inTurn(() -> {
            CompletableFuture<Answer> answer = dispatcher.answer(request, body);
            if (answer.isDone()) {
                return answer.thenAccept(now -> answer(ctx, request, now, keepAlive));
            }
            // No more is taken in meanwhile than what is there already.
            ctx.channel().config().setAutoRead(false);
            return answer.thenAccept(late -> {
                ctx.channel().config().setAutoRead(true);
                answer(ctx, request, late, keepAlive);
            });
        });
    }

    /** In its turn: an answer may have to wait for a name server, while those to other connections do not. */
    private void inTurn(Supplier<CompletableFuture<Void>> step) {
        changes.execute(() -> turn = turn.thenCompose(done -> step.get()).exceptionally(failure -> {
            log.error("A request was not answered", failure);
            return null;
        }));
    }

    private void inTurn(Runnable step) {
        inTurn(() -> {
            step.run();
            return CompletableFuture.completedFuture(null);
        });
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest request, Answer answer, boolean keepAlive) {
        if (answer.isEvents()) {
            openEvents(ctx, request, answer, keepAlive);
        } else {
            answer.writeTo(ctx, keepAlive);
        }
    }

    private void openEvents(ChannelHandlerContext ctx, HttpRequest request, Answer answer, boolean keepAlive) {
        if (events.isFull()) {
            String full = "there are %d streams of events already; close one".formatted(EventStreams.MAX_STREAMS);
            Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE, full).writeTo(ctx, keepAlive);
            return;
        }
        try {
            events.open(ctx.channel(), request, answer.head());
        } catch (IllegalArgumentException e) {
            Answer.error(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()))
                    .writeTo(ctx, keepAlive);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        } else if (event instanceof ChannelInputShutdownEvent) {
            // The client may have ended its side right after its requests. They are answered before this has its turn.
            inTurn(() -> ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE));
        } else if (event instanceof Oversized oversized) {
            inTurn(() -> oversized.answer().writeTo(ctx, oversized.keepAlive()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("Control connection {} broke", ctx.channel(), cause);
        ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}

package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.events.EventStreams;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns requests into answers, and whatever goes wrong into an answer too. */
@Sharable
final class ControlHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger log = LoggerFactory.getLogger(ControlHandler.class);

    private final Router router;
    private final EventExecutor changes;
    private final EventStreams events;

    /**
     * Takes requests on any event loop.
     *
     * @param changes answers them, one after the other; not an event loop, since changes wait for those
     * @param events takes over the connections of those who want to be told of changes
     */
    ControlHandler(Router router, EventExecutor changes, EventStreams events) {
        this.router = router;
        this.changes = changes;
        this.events = events;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        byte[] body = ByteBufUtil.getBytes(request.content());
        boolean keepAlive = request.decoderResult().isSuccess() && HttpUtil.isKeepAlive(request);
        changes.execute(() -> {
            Answer answer = answer(request, body);
            if (answer.isEvents()) {
                openEvents(ctx, request, keepAlive);
            } else {
                write(ctx, answer, keepAlive);
            }
        });
    }

    private void openEvents(ChannelHandlerContext ctx, FullHttpRequest request, boolean keepAlive) {
        if (events.isFull()) {
            String full = "there are %d streams of events already; close one".formatted(EventStreams.MAX_STREAMS);
            write(ctx, Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE, full), keepAlive);
            return;
        }
        try {
            events.open(ctx.channel(), request);
        } catch (IllegalArgumentException e) {
            write(ctx, Answer.error(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage())), keepAlive);
        }
    }

    /** The request's own content may have been released already; its head is still good. */
    private Answer answer(FullHttpRequest request, byte[] body) {
        if (request.decoderResult().isFailure()) {
            return Answer.error(HttpResponseStatus.BAD_REQUEST, "that is not HTTP: " + cause(request));
        }
        // A page in a browser must not be able to break things on this machine.
        if (request.headers().get(HttpHeaderNames.USER_AGENT, "").startsWith("Mozilla/")) {
            return Answer.error(HttpResponseStatus.FORBIDDEN, "User agent not allowed");
        }
        String path = request.uri().split("[?#]", 2)[0];
        if (!path.startsWith("/")) {
            return Answer.error(HttpResponseStatus.BAD_REQUEST, "path is \"%s\"; it must begin with /".formatted(path));
        }
        try {
            return router.route(request.method(), path, body);
        } catch (ApiException e) {
            return Answer.error(e.status(), e.getMessage());
        } catch (RefusedException e) {
            return Answer.error(status(e.reason()), e.getMessage());
        } catch (IllegalArgumentException e) {
            return Answer.error(HttpResponseStatus.BAD_REQUEST, "bad request body: " + e.getMessage());
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.method(), path, e);
            return Answer.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, e.toString());
        }
    }

    private static String cause(FullHttpRequest request) {
        return String.valueOf(request.decoderResult().cause().getMessage());
    }

    private static HttpResponseStatus status(RefusedException.Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> HttpResponseStatus.NOT_FOUND;
            case CONFLICT -> HttpResponseStatus.CONFLICT;
            case CANNOT_LISTEN -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
        };
    }

    static void write(ChannelHandlerContext ctx, Answer answer, boolean keepAlive) {
        ByteBuf content = Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), content);
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
        if (!answer.status().equals(HttpResponseStatus.NO_CONTENT)) {
            HttpUtil.setContentLength(response, content.readableBytes());
        }
        if (keepAlive) {
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } else {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("Control connection {} broke", ctx.channel(), cause);
        ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}

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
import io.netty.channel.socket.ChannelInputShutdownEvent;
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

    private static final String REQUEST_ID = "X-Toxiproxy-Request-Id";
    private static final String SERVER = HttpHeaderNames.SERVER.toString();
    private static final RequestIds REQUEST_IDS = new RequestIds();

    private final Router router;
    private final EventExecutor changes;
    private final EventStreams events;
    private final String version;

    /**
     * Takes requests on any event loop.
     *
     * @param changes answers them, one after the other; not an event loop, since changes wait for those
     * @param events takes over the connections of those who want to be told of changes
     * @param version of this program, for the header {@code Server}
     */
    ControlHandler(Router router, EventExecutor changes, EventStreams events, String version) {
        this.router = router;
        this.changes = changes;
        this.events = events;
        this.version = version;
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
        return find(request, body).withHeader(SERVER, "stability-lab-fault-injector/" + version);
    }

    private Answer find(FullHttpRequest request, byte[] body) {
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
            return answer(e);
        } catch (RefusedException e) {
            return answer(ApiException.of(e));
        } catch (IllegalArgumentException e) {
            return answer(ApiException.of(e));
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.method(), path, e);
            return Answer.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, e.toString());
        }
    }

    private static String cause(FullHttpRequest request) {
        return String.valueOf(request.decoderResult().cause().getMessage());
    }

    private static Answer answer(ApiException e) {
        return Answer.json(e.status(), e.json());
    }

    static void write(ChannelHandlerContext ctx, Answer answer, boolean keepAlive) {
        ByteBuf content = Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), content);
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
        response.headers().set(REQUEST_ID, REQUEST_IDS.next());
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
        } else if (event instanceof ChannelInputShutdownEvent) {
            // The client may have ended its side right after its requests. They are answered before this has its turn.
            changes.execute(() -> ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("Control connection {} broke", ctx.channel(), cause);
        ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}

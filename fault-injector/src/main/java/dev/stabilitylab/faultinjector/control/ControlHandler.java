package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.events.EventStreams;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.AsciiString;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the control API: answers its requests in their order, one at a time. It reads on only when an answer has been taken
 * ({@code AUTO_READ} is off), so a client that never reads costs one answer, however much it asks for.
 */
final class ControlHandler extends ChannelInboundHandlerAdapter {

    static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final AsciiString REQUEST_ID = AsciiString.cached("X-Toxiproxy-Request-Id");
    /** Another sequence in every run of the program, so that a number can be found in logs. */
    private static final String RUN =
            Integer.toString(new SplittableRandom().nextInt(1, Integer.MAX_VALUE), Character.MAX_RADIX);

    private static final AtomicLong COUNT = new AtomicLong();
    private static final Logger log = LoggerFactory.getLogger(ControlHandler.class);

    private final Router router;
    private final Executor changes;
    private final EventStreams events;
    private final String version;

    private boolean answering;
    /** Whether the connection is for further requests. */
    private boolean keepAlive = true;
    /** The client has ended its side, perhaps right after its requests. */
    private boolean ended;

    /**
     * Takes requests, each as a whole, and one at a time.
     *
     * @param changes answers them, one after the other; not an event loop, since changes wait for those
     * @param events takes over the connections of those who want to be told of changes
     * @param version of this program, for the header {@code Server}
     */
    ControlHandler(Router router, Executor changes, EventStreams events, String version) {
        this.router = router;
        this.changes = changes;
        this.events = events;
        this.version = version;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    /** Takes a whole request, or the mere head of one whose body is too large. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        answering = true;
        HttpRequest request = (HttpRequest) message;
        keepAlive = request.decoderResult().isSuccess() && HttpUtil.isKeepAlive(request);
        if (!(message instanceof FullHttpRequest whole)) {
            String reason = "the body has more than %d bytes".formatted(MAX_BODY_BYTES);
            send(ctx, Responses.error(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, reason));
            return;
        }
        byte[] body = ByteBufUtil.getBytes(whole.content());
        whole.release();
        // An answer may have to wait for a name server, while those to other connections do not.
        changes.execute(() -> {
            CompletableFuture<?> unused = router.respond(request, body)
                    .thenAccept(response -> take(ctx, request, response))
                    .exceptionally(failure -> {
                        log.error("A request was not answered", failure);
                        close(ctx);
                        return null;
                    });
        });
    }

    private void take(ChannelHandlerContext ctx, HttpRequest request, HttpResponse response) {
        if (response instanceof FullHttpResponse) {
            send(ctx, response);
            return;
        }
        try {
            events.open(ctx.channel(), request, identified(response));
        } catch (IllegalStateException full) {
            send(ctx, Responses.error(HttpResponseStatus.SERVICE_UNAVAILABLE, String.valueOf(full.getMessage())));
        } catch (IllegalArgumentException e) {
            send(ctx, Responses.error(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage())));
        }
    }

    private void send(ChannelHandlerContext ctx, HttpResponse response) {
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        // Done when the operating system has taken all of it.
        ctx.writeAndFlush(identified(response)).addListener(done -> {
            answering = false;
            if (keepAlive && done.isSuccess()) {
                readNext(ctx);
            } else {
                close(ctx);
            }
        });
    }

    /** The same, with a number of its own. */
    private HttpResponse identified(HttpResponse response) {
        response.headers()
                .set(HttpHeaderNames.SERVER, "stability-lab-fault-injector/" + version)
                .set(REQUEST_ID, RUN + "-" + COUNT.incrementAndGet());
        return response;
    }

    /** What was read may have been no whole request, or the rest of one that was refused. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!answering) {
            readNext(ctx);
        }
    }

    private void readNext(ChannelHandlerContext ctx) {
        // Answering again after this means that the next request came together with the last one.
        ctx.read();
        if (ended && !answering) {
            close(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            close(ctx);
        } else if (event instanceof ChannelInputShutdownEvent) {
            ended = true;
            channelReadComplete(ctx);
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

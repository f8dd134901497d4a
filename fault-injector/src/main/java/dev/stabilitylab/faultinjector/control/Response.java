package dev.stabilitylab.faultinjector.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What goes back: a status, headers and, mostly, JSON. */
record Response(HttpResponseStatus status, String body, Map<String, String> headers) {

    private static final AsciiString REQUEST_ID = AsciiString.cached("X-Toxiproxy-Request-Id");
    /** Another sequence in every run of the program, so that a number can be found in logs. */
    private static final String RUN =
            Integer.toString(new SplittableRandom().nextInt(1, Integer.MAX_VALUE), Character.MAX_RADIX);

    private static final AtomicLong COUNT = new AtomicLong();
    private static final String CONTENT_TYPE = HttpHeaderNames.CONTENT_TYPE.toString();

    static Response ok(Object body) {
        return json(HttpResponseStatus.OK, body);
    }

    static Response created(Object body) {
        return json(HttpResponseStatus.CREATED, body);
    }

    static Response json(HttpResponseStatus status, Object body) {
        return new Response(status, Json.text(body), Map.of(CONTENT_TYPE, "application/json"));
    }

    static Response text(String contentType, String body) {
        return new Response(HttpResponseStatus.OK, body, Map.of(CONTENT_TYPE, contentType));
    }

    /** The connection is to become a stream of events. */
    static Response events() {
        return text("text/event-stream", "");
    }

    boolean isEvents() {
        return "text/event-stream".equals(headers.get(CONTENT_TYPE));
    }

    static Response noContent() {
        return new Response(HttpResponseStatus.NO_CONTENT, "", Map.of());
    }

    static Response error(HttpResponseStatus status, String message) {
        return new ApiException(status, message).response();
    }

    Response withHeader(String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name, value);
        return new Response(status, body, all);
    }

    /** The headers as they are sent, with a number of its own. */
    HttpHeaders head() {
        HttpHeaders head = new DefaultHttpHeaders();
        headers.forEach(head::set);
        return head.set(REQUEST_ID, RUN + "-" + COUNT.incrementAndGet());
    }

    /**
     * Sends it.
     *
     * @param keepAlive whether the connection is for further requests
     * @return done when the operating system has taken all of it
     */
    ChannelFuture writeTo(ChannelHandlerContext ctx, boolean keepAlive) {
        ByteBuf content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content, head(), EmptyHttpHeaders.INSTANCE);
        if (!status.equals(HttpResponseStatus.NO_CONTENT)) {
            HttpUtil.setContentLength(response, content.readableBytes());
        }
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return ctx.writeAndFlush(response);
    }
}

package dev.stabilitylab.faultinjector.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Makes answers, mostly of JSON. */
final class Responses {

    private Responses() {}

    static HttpResponse ok(Object body) {
        return json(HttpResponseStatus.OK, body);
    }

    static HttpResponse created(Object body) {
        return json(HttpResponseStatus.CREATED, body);
    }

    static HttpResponse noContent() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
    }

    static HttpResponse error(HttpResponseStatus status, String message) {
        return new ApiException(status, message).response();
    }

    static HttpResponse json(HttpResponseStatus status, Object body) {
        return of(status, "application/json", Json.text(body));
    }

    static HttpResponse text(String contentType, String body) {
        return of(HttpResponseStatus.OK, contentType, body);
    }

    private static HttpResponse of(HttpResponseStatus status, String contentType, String body) {
        ByteBuf content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        return response;
    }

    /** The mere head of a stream of events, which the connection is to become. */
    static HttpResponse events() {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        return head;
    }
}

package dev.stabilitylab.faultinjector.control;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * What goes back: a status and, mostly, JSON.
 *
 * @param headers besides those that all answers have
 */
record Response(HttpResponseStatus status, HttpHeaders headers, String body) {

    private static final String EVENT_STREAM = "text/event-stream";

    static Response ok(Object body) {
        return json(HttpResponseStatus.OK, body);
    }

    static Response created(Object body) {
        return json(HttpResponseStatus.CREATED, body);
    }

    static Response noContent() {
        return new Response(HttpResponseStatus.NO_CONTENT, new DefaultHttpHeaders(), "");
    }

    static Response error(HttpResponseStatus status, String message) {
        return new ApiException(status, message).response();
    }

    static Response json(HttpResponseStatus status, Object body) {
        return of(status, "application/json", Json.text(body));
    }

    static Response text(String contentType, String body) {
        return of(HttpResponseStatus.OK, contentType, body);
    }

    /** The connection is to become a stream of events. */
    static Response events() {
        return text(EVENT_STREAM, "");
    }

    boolean isEvents() {
        return EVENT_STREAM.equals(headers.get(HttpHeaderNames.CONTENT_TYPE));
    }

    private static Response of(HttpResponseStatus status, String contentType, String body) {
        return new Response(status, new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, contentType), body);
    }
}

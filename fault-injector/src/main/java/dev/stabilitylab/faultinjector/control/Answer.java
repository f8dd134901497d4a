package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.TreeMap;

/** What goes back: a status, headers and, mostly, JSON. */
record Answer(HttpResponseStatus status, String body, Map<String, String> headers) {

    private static final String CONTENT_TYPE = HttpHeaderNames.CONTENT_TYPE.toString();

    static Answer ok(JsonNode body) {
        return json(HttpResponseStatus.OK, body);
    }

    static Answer created(JsonNode body) {
        return json(HttpResponseStatus.CREATED, body);
    }

    static Answer json(HttpResponseStatus status, JsonNode body) {
        return new Answer(status, Json.text(body), Map.of(CONTENT_TYPE, "application/json"));
    }

    static Answer text(String contentType, String body) {
        return new Answer(HttpResponseStatus.OK, body, Map.of(CONTENT_TYPE, contentType));
    }

    /** The connection is to become a stream of events. */
    static Answer events() {
        return text("text/event-stream", "");
    }

    boolean isEvents() {
        return "text/event-stream".equals(headers.get(CONTENT_TYPE));
    }

    static Answer noContent() {
        return new Answer(HttpResponseStatus.NO_CONTENT, "", Map.of());
    }

    static Answer error(HttpResponseStatus status, String message) {
        return json(status, Json.object().put("error", message).put("status", status.code()));
    }

    Answer withHeader(String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name, value);
        return new Answer(status, body, all);
    }
}

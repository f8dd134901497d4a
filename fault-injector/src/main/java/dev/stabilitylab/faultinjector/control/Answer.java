package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes back: a status and, mostly, JSON. */
record Answer(HttpResponseStatus status, @Nullable JsonNode body, Map<String, String> headers) {

    static Answer ok(JsonNode body) {
        return new Answer(HttpResponseStatus.OK, body, Map.of());
    }

    static Answer created(JsonNode body) {
        return new Answer(HttpResponseStatus.CREATED, body, Map.of());
    }

    static Answer noContent() {
        return new Answer(HttpResponseStatus.NO_CONTENT, null, Map.of());
    }

    static Answer error(HttpResponseStatus status, String message) {
        JsonNode body = Json.object().put("error", message).put("status", status.code());
        return new Answer(status, body, Map.of());
    }

    Answer withHeader(String name, String value) {
        return new Answer(status, body, Map.of(name, value));
    }
}

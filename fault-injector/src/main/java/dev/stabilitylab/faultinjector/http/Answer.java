package dev.stabilitylab.faultinjector.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * An answer of our own, made for one request.
 *
 * @param bodiless whether there can be no body whatever is done to it
 * @param early whether it has to be given before the request's body has come
 * @param closes whether the connection ends with it
 */
record Answer(String head, String body, boolean bodiless, boolean early, boolean closes) {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /** Makes it as {@code fault} wants it, in the form that the request asks for. */
    static Answer of(StatusFault fault, RequestHead request, boolean hasBody) {
        String reason = HttpResponseStatus.valueOf(fault.status()).reasonPhrase();
        String content = fault.content().bodyOr(problem(fault.status(), reason));
        boolean withoutLength = fault.status() == NO_CONTENT || fault.status() == NOT_MODIFIED;
        boolean bodiless = withoutLength || request.method().equals("HEAD");
        boolean early = hasBody && request.hasToken("expect", "100-continue");
        boolean lasts = request.isHttp10()
                ? request.hasToken("connection", "keep-alive")
                : !request.hasToken("connection", "close");
        boolean closes = early || !lasts;
        StringBuilder head = new StringBuilder("HTTP/1.1 %d %s\r\n".formatted(fault.status(), reason));
        if (!withoutLength) {
            add(head, "Content-Type", fault.content().typeOr("application/problem+json"));
            add(head, "Content-Length", String.valueOf(content.getBytes(StandardCharsets.UTF_8).length));
        }
        if (fault.retryAfterSeconds() > 0) {
            add(head, "Retry-After", String.valueOf(fault.retryAfterSeconds()));
        }
        if (closes) {
            add(head, "Connection", "close");
        } else if (request.isHttp10()) {
            add(head, "Connection", "keep-alive");
        }
        return new Answer(head + "\r\n", bodiless ? "" : content, bodiless, early, closes);
    }

    private static void add(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static String problem(int status, String reason) {
        return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,".formatted(reason, status)
                + "\"detail\":\"This answer comes from the fault injector; the upstream was not asked.\"}";
    }
}

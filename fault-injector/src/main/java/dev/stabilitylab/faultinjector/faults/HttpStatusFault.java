package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.http.OwnResponse;
import dev.stabilitylab.faultinjector.http.RequestHead;
import dev.stabilitylab.faultinjector.toxic.Attribute;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * Responds in the upstream's place, which never sees the request.
 *
 * @param retryAfter for the header {@code Retry-After}, in seconds; 0 for none
 */
record HttpStatusFault(
        @Attribute(min = 200, max = 599, orElse = 503) int status,
        @Attribute(max = 31_536_000) long retryAfter,
        Content content)
        implements HttpFault {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    @Override
    public boolean responds() {
        return true;
    }

    /** The response, in the form that the request asks for. */
    @Override
    public OwnResponse response(RequestHead request, boolean hasBody) {
        String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
        String body = content.bodyOr(problem(reason));
        boolean withoutLength = status == NO_CONTENT || status == NOT_MODIFIED;
        boolean bodiless = withoutLength || request.method().equals("HEAD");
        boolean early = hasBody && request.hasToken("expect", "100-continue");
        boolean lasts = request.isHttp10()
                ? request.hasToken("connection", "keep-alive")
                : !request.hasToken("connection", "close");
        boolean closes = early || !lasts;

        StringBuilder head = new StringBuilder("HTTP/1.1 %d %s\r\n".formatted(status, reason));
        if (!withoutLength) {
            add(head, "Content-Type", content.typeOr("application/problem+json"));
            add(head, "Content-Length", String.valueOf(body.getBytes(StandardCharsets.UTF_8).length));
        }
        if (retryAfter > 0) {
            add(head, "Retry-After", String.valueOf(retryAfter));
        }
        if (closes) {
            add(head, "Connection", "close");
        } else if (request.isHttp10()) {
            add(head, "Connection", "keep-alive");
        }
        return new OwnResponse(head + "\r\n", bodiless ? "" : body, bodiless, early, closes);
    }

    private static void add(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private String problem(String reason) {
        return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,".formatted(reason, status)
                + "\"detail\":\"This answer comes from the fault injector; the upstream was not asked.\"}";
    }
}

package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;

/**
 * An answer of our own; the upstream never sees the request.
 *
 * @param retryAfterSeconds for the header {@code Retry-After}; 0 for none
 */
record StatusFault(int status, long retryAfterSeconds, Content content) implements HttpFault {

    static final ToxicType TYPE = HttpToxic.type("http_status", StatusFault::read);

    private static final int MIN = 200;
    private static final int MAX = 599;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final long MAX_SECONDS = 31_536_000;

    private static StatusFault read(Attributes attributes) {
        return new StatusFault(
                (int) attributes.whole("status", MIN, MAX, SERVICE_UNAVAILABLE),
                attributes.whole("retry_after", 0, MAX_SECONDS, 0),
                Content.read(attributes));
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of(
                "status",
                status,
                "retry_after",
                retryAfterSeconds,
                "body",
                content.body(),
                "content_type",
                content.type());
    }
}

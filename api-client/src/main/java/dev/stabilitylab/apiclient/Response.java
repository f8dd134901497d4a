package dev.stabilitylab.apiclient;

import java.nio.charset.StandardCharsets;

/**
 * What the upstream sent.
 *
 * @param status HTTP status, 200 to 599
 * @param body as received; not a copy, so do not change it. Of a status of 300 and above only the first {@value #MAX_ERROR_BODY} bytes
 *     are kept, enough for a problem detail (RFC 9457)
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
public record Response(int status, Headers headers, byte[] body) {

    /** How much is kept of the body of a response whose status is 300 or above, in bytes. */
    public static final int MAX_ERROR_BODY = 16 * 1024;

    /** A response without headers or body. */
    public static Response of(int status) {
        return new Response(status, Headers.NONE, new byte[0]);
    }

    /** The body as UTF-8 text, for example a problem detail. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Status and size; the body may hold what must not be logged. */
    @Override
    public String toString() {
        return "Response[status=%d, %d bytes]".formatted(status, body.length);
    }
}

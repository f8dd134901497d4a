package dev.stabilitylab.apiclient.internal.wire;

import dev.stabilitylab.apiclient.Deadline;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent, attempt after attempt. What cannot be sent is refused here, as the caller's mistake, before any policy sees it.
 *
 * @param path with the query, as it stands in the request line
 * @param headers in the order in which they are sent
 * @param json the body; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
public record Request(String method, String path, List<Map.Entry<String, String>> headers, byte @Nullable [] json) {

    private static final int MAX_METHOD = 32;

    /** What the wire sets by itself: they frame the message, belong to the connection, or promise what this client does not do. */
    private static final List<String> RESERVED = List.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "keep-alive",
            "proxy-connection",
            Deadline.HEADER);

    /** One bit for each length that a reserved name has, since this is asked for every header that is sent. */
    private static final long RESERVED_LENGTHS =
            RESERVED.stream().mapToLong(name -> 1L << name.length()).reduce(0, (lengths, length) -> lengths | length);

    // RFC 9110, 5.6.2.
    private static final boolean[] TOKEN = charactersOfTokens();

    /**
     * Refuses a method that cannot be sent.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static void checkMethod(String method) {
        if (method.length() > MAX_METHOD || !isToken(method) || method.equals("CONNECT")) {
            throw new IllegalArgumentException(
                    "the method %s cannot be sent; it must be an HTTP method of at most %d characters other than CONNECT"
                            .formatted(printable(method), MAX_METHOD));
        }
    }

    /**
     * Refuses a path that cannot stand in a request line. Spaces and characters beyond ASCII must be percent-encoded.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static void checkPath(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path %s does not start with a slash".formatted(printable(path)));
        }
        for (int i = 0; i < path.length(); i++) {
            char each = path.charAt(i);
            if (each <= ' ' || each >= 0x7f || each == '#') {
                throw new IllegalArgumentException(
                        "the path %s holds a character that must be percent-encoded, at position %d"
                                .formatted(printable(path), i));
            }
        }
    }

    /**
     * Refuses a header that cannot be sent, or that is not the caller's to set. The value is not repeated: it may be a secret.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static void checkHeader(String name, String value) {
        if (!isToken(name)) {
            throw new IllegalArgumentException("%s is not a header name".formatted(printable(name)));
        }
        if (isReserved(name)) {
            throw new IllegalArgumentException(
                    "the header %s is the client's own and cannot be set by a caller".formatted(name));
        }
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each != '\t' && (each < ' ' || each > '~')) {
                throw new IllegalArgumentException(
                        "the header %s holds characters other than visible ASCII".formatted(name));
            }
        }
    }

    /** The same request with other headers. */
    public Request withHeaders(List<Map.Entry<String, String>> others) {
        return new Request(method, path, others, json);
    }

    boolean hasHeader(String name) {
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReserved(String name) {
        if (name.length() >= Long.SIZE || (RESERVED_LENGTHS >> name.length() & 1) == 0) {
            return false;
        }
        for (String reserved : RESERVED) {
            if (reserved.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each >= TOKEN.length || !TOKEN[each]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean[] charactersOfTokens() {
        boolean[] allowed = new boolean[128];
        for (char each = '0'; each <= 'z'; each++) {
            allowed[each] = Character.isLetterOrDigit(each);
        }
        for (char each : "!#$%&'*+-.^_`|~".toCharArray()) {
            allowed[each] = true;
        }
        return allowed;
    }

    private static String printable(String text) {
        String start = text.length() <= 80 ? text : text.substring(0, 80) + "…";
        return "\"" + start.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}

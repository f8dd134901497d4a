package dev.stabilitylab.faultinjector.http;

import java.util.List;
import java.util.random.RandomGenerator;

/** Requests and responses of every form that HTTP/1 has. */
final class Messages {

    static final String GET = "GET /items?page=2 HTTP/1.1\r\nHost: a\r\nX-Key: one\r\n\r\n";
    static final String HEAD = "HEAD /items HTTP/1.1\r\nHost: a\r\n\r\n";
    static final String POST = "POST /items HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\nhello\r\n\r\nyou";
    static final String CHUNKED_POST = crlf("""
            PUT /items HTTP/1.1
            Host: a
            Transfer-Encoding: chunked

            5;a="b"
            hello
            A
            0123456789
            0
            Trailer: x

            """);

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
    static final String NO_REASON = "HTTP/1.1 200\r\ncontent-length:3\r\n\r\nabc";
    static final String BARE_LF = "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc";
    static final String CHUNKED = crlf("""
            HTTP/1.1 200 OK
            Transfer-Encoding: Chunked
            X: y

            4;x
            Wiki
            5
            pedia
            00
            T: z

            """);
    static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    static final String EARLY_HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK;
    static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n";
    static final String NOT_MODIFIED = "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n";
    static final String HEAD_RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n";

    private static final List<String> REQUESTS = List.of(GET, POST, CHUNKED_POST);
    private static final List<String> RESPONSES =
            List.of(OK, NO_REASON, BARE_LF, CHUNKED, EMPTY, EARLY_HINTS, NO_CONTENT, NOT_MODIFIED);

    private Messages() {}

    /** With the line ends of the protocol. */
    static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }

    /** Exchanges that fit together, in a row. */
    static Conversation random(RandomGenerator random, int count) {
        StringBuilder requests = new StringBuilder();
        StringBuilder responses = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean head = random.nextInt(5) == 0;
            requests.append(head ? HEAD : REQUESTS.get(random.nextInt(REQUESTS.size())));
            responses.append(head ? HEAD_RESPONSE : RESPONSES.get(random.nextInt(RESPONSES.size())));
        }
        return new Conversation(requests.toString(), responses.toString());
    }

    record Conversation(String requests, String responses) {}
}

package dev.stabilitylab.servicekit.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends what a well-behaved HTTP client would refuse to send. One connection a request. */
public final class RawHttp {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)\r?$");

    private final int port;

    /** Talks to a service on the loopback address. */
    public RawHttp(int port) {
        this.port = port;
    }

    /** Sends a request without a body; every header is a whole line, sent byte for byte in ISO 8859-1. */
    public HttpAnswer send(String method, String path, String... headerLines) {
        StringBuilder request = new StringBuilder("%s %s HTTP/1.1\r\nHost: localhost\r\n".formatted(method, path));
        for (String line : headerLines) {
            request.append(line).append("\r\n");
        }
        return sendRaw(request + "Connection: close\r\n\r\n");
    }

    /** Sends a request with a JSON body in ASCII. */
    public HttpAnswer sendJson(String method, String path, String body) {
        return sendRaw("%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".formatted(method, path)
                + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body));
    }

    /**
     * Sends exactly this, and reads until the service closes the connection.
     *
     * <p>Tomcat answers a request that is too long before it has read all of it, and resets the connection soon after: what counts is that the
     * whole answer is there by then.
     */
    public HttpAnswer sendRaw(String request) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            write(request, socket);
            socket.getInputStream().transferTo(received);
        } catch (IOException broken) {
            if (!isWhole(received.toString(ISO_8859_1))) {
                throw new AssertionError(
                        "no complete answer from port %d, only '%s'".formatted(port, received), broken);
            }
        }
        return parse(received.toString(ISO_8859_1));
    }

    private static void write(String request, Socket socket) {
        try {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        } catch (IOException closed) {
            // The service wanted no more of it. Its answer, if there is one, can still be read; if there is none,
            // reading says so.
        }
    }

    /** Whether the answer has as many bytes as it says; one that does not say so is never whole before the connection is closed. */
    private static boolean isWhole(String answer) {
        Matcher length = CONTENT_LENGTH.matcher(answer);
        int headEnd = answer.indexOf("\r\n\r\n");
        return headEnd >= 0 && length.find() && answer.length() - (headEnd + 4) == Integer.parseInt(length.group(1));
    }

    private static HttpAnswer parse(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("not an HTTP answer: '" + answer + "'");
        }
        List<String> head = answer.substring(0, end).lines().toList();
        Map<String, List<String>> headers = new HashMap<>();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        String body = answer.substring(end + 4);
        if (headers.containsKey("transfer-encoding")) {
            body = joinChunks(body);
        }
        String text = new String(body.getBytes(ISO_8859_1), UTF_8);
        return new HttpAnswer(Integer.parseInt(head.get(0).substring(9, 12)), headers, text);
    }

    private static String joinChunks(String body) {
        StringBuilder joined = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int lineEnd = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, lineEnd), 16);
            if (size == 0) {
                break;
            }
            joined.append(body, lineEnd + 2, lineEnd + 2 + size);
            at = lineEnd + 2 + size + 2;
        }
        return joined.toString();
    }
}

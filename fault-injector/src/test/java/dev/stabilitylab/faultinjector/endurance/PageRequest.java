package dev.stabilitylab.faultinjector.endurance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A request for one of the {@link Pages}, which knows what has to come back.
 *
 * @param text all of it
 * @param mayBeHit whether it has the header by which HTTP faults choose
 */
record PageRequest(String startLine, String body, String text, boolean mayBeHit) {

    private static final int MAX_BODY = 4_000;

    /** One of any kind; after the {@code last} one the connection ends. */
    static PageRequest random(Random random, boolean last) {
        String method = List.of("GET", "GET", "HEAD", "POST").get(random.nextInt(4));
        String startLine = method + " /" + random.nextInt(Integer.MAX_VALUE) + " HTTP/1.1";
        boolean mayBeHit = random.nextInt(3) > 0;
        byte[] body = new byte[method.equals("POST") ? random.nextInt(MAX_BODY) : 0];
        random.nextBytes(body);
        boolean chunked = method.equals("POST") && random.nextBoolean();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Pages.write(out, startLine + "\r\nHost: a\r\n" + (mayBeHit ? Changes.HIT + "\r\n" : ""));
        Pages.write(out, last ? "Connection: close\r\n" : "");
        Pages.write(
                out, chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + body.length + "\r\n\r\n");
        Pages.write(out, body, chunked, random);
        return new PageRequest(
                startLine,
                new String(body, StandardCharsets.ISO_8859_1),
                out.toString(StandardCharsets.ISO_8859_1),
                mayBeHit);
    }

    void sendTo(Socket socket) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads the response. Fails when it is another one than has to come, as far as it comes. */
    void checkResponse(InputStream in) throws IOException {
        byte[] expected = Pages.response(startLine, body);
        boolean head = startLine.startsWith("HEAD");
        if (mayBeHit) {
            checkShape(readResponse(in, head), readResponse(new ByteArrayInputStream(expected), head), head);
        } else {
            checkBytes(in, expected);
        }
    }

    private void checkBytes(InputStream in, byte[] expected) throws IOException {
        byte[] heard = new byte[expected.length];
        int count = 0;
        while (count < heard.length) {
            int read = in.read(heard, count, heard.length - count);
            if (read < 0) {
                throw new EOFException();
            }
            if (!Arrays.equals(heard, count, count + read, expected, count, count + read)) {
                throw new AssertionError("%s: other bytes from %d on".formatted(startLine, count));
            }
            count += read;
        }
    }

    private static Message readResponse(InputStream in, boolean head) throws IOException {
        Message response = Message.read(in, head);
        while (!response.isNothing() && response.isInterim()) {
            response = Message.read(in, head);
        }
        if (response.isNothing()) {
            throw new EOFException();
        }
        return response;
    }

    /** It is the upstream's, or one of those that faults make; bits may be flipped, so that bodies are told by their lengths. */
    private void checkShape(Message response, Message original, boolean head) {
        boolean known = response.startLine().equals(original.startLine())
                || response.startLine().equals("HTTP/1.1 503 Service Unavailable");
        int length = response.body().length();
        boolean fits = length == original.body().length()
                || (!head && (length == Changes.BUSY.length() || length == Changes.PAGE.length()));
        if (!known || !fits) {
            throw new AssertionError("%s was answered with %d bytes behind%n%s%ninstead of %d behind%n%s"
                    .formatted(
                            startLine, length, response.head(), original.body().length(), original.head()));
        }
    }
}

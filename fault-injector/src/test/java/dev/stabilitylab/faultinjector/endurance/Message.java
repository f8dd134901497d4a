package dev.stabilitylab.faultinjector.endurance;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP/1.1 message as it was read from a stream.
 *
 * @param head with its blank line; empty when there is none
 * @param body without what is around chunks, a character for each byte
 */
record Message(String head, String body) {

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern BODILESS = Pattern.compile("HTTP/1.1 (1..|204|304) .*", Pattern.DOTALL);

    /**
     * Reads the next one, which is none at the end of the stream.
     *
     * @param withoutBody for the response to {@code HEAD}
     * @throws EOFException when it is cut short
     */
    static Message read(InputStream in, boolean withoutBody) throws IOException {
        String head = readHead(in);
        if (withoutBody || head.isEmpty() || BODILESS.matcher(head).matches()) {
            return new Message(head, "");
        }
        if (head.contains("\r\nTransfer-Encoding: chunked\r\n")) {
            return new Message(head, readChunks(in));
        }
        Matcher length = LENGTH.matcher(head);
        return new Message(head, length.find() ? readFully(in, Integer.parseInt(length.group(1))) : "");
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        String line = readLine(in, true);
        while (!line.equals("\r\n") && !line.isEmpty()) {
            head.append(line);
            line = readLine(in, false);
        }
        return head.append(line).toString();
    }

    private static String readChunks(InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        int size = readSize(in);
        while (size > 0) {
            body.append(readFully(in, size));
            if (!readLine(in, false).equals("\r\n")) {
                throw new AssertionError("a chunk is longer than it says");
            }
            size = readSize(in);
        }
        while (!readLine(in, false).equals("\r\n")) {}
        return body.toString();
    }

    private static int readSize(InputStream in) throws IOException {
        return Integer.parseInt(readLine(in, false).replaceFirst("(;.*)?\r\n", ""), 16);
    }

    private static String readFully(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** With its end. */
    private static String readLine(InputStream in, boolean mayBeNone) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() == 0 || line.charAt(line.length() - 1) != '\n') {
            int next = in.read();
            if (next < 0 && mayBeNone && line.length() == 0) {
                return "";
            }
            if (next < 0) {
                throw new EOFException();
            }
            line.append((char) next);
        }
        return line.toString();
    }

    boolean isNothing() {
        return head.isEmpty();
    }

    /** Whether the actual response is still to come. */
    boolean isInterim() {
        return head.startsWith("HTTP/1.1 1");
    }

    String startLine() {
        return head.substring(0, head.indexOf('\r'));
    }
}

package dev.stabilitylab.homepage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A caller with one connection at a time, which it keeps. Nothing is ever sent twice: an answer that does not come is an IOException. */
final class KeepAliveCaller implements Closeable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private @Nullable Socket socket;
    private InputStream input = InputStream.nullInputStream();

    KeepAliveCaller(int port) {
        this.port = port;
    }

    /** @param headerLines whole lines, without the line's end */
    Answer get(String path, String... headerLines) throws IOException {
        Socket connected = socket;
        if (connected == null) {
            connected = new Socket(InetAddress.getLoopbackAddress(), port);
            connected.setTcpNoDelay(true);
            connected.setSoTimeout(PATIENCE_MILLIS);
            input = new BufferedInputStream(connected.getInputStream());
            socket = connected;
        }
        StringBuilder request = new StringBuilder("GET %s HTTP/1.1\r\nHost: localhost\r\n".formatted(path));
        for (String line : headerLines) {
            request.append(line).append("\r\n");
        }
        connected.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
        Answer answer = read();
        if (answer.header("connection").contains("close")) {
            close();
        }
        return answer;
    }

    private Answer read() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (!headers.containsKey("transfer-encoding")) {
            return new Answer(status, headers, bytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
        }
        StringBuilder body = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.append(bytes(size));
            line();
        }
        line();
        return new Answer(status, headers, body.toString());
    }

    private String bytes(int length) throws IOException {
        byte[] read = input.readNBytes(length);
        if (read.length < length) {
            throw new IOException("the answer ends in the middle");
        }
        return new String(read, ISO_8859_1);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("the answer ends in the middle");
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** @param headers by name in lower case; of several with one name, the last */
    record Answer(int status, Map<String, String> headers, String body) {

        /** Empty when there is none. */
        String header(String lowerCaseName) {
            return headers.getOrDefault(lowerCaseName, "");
        }
    }
}

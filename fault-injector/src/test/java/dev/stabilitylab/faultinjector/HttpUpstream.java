package dev.stabilitylab.faultinjector;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small HTTP/1.1 server behind a proxy. What it answers depends on the path. */
final class HttpUpstream implements AutoCloseable {

    static final String ITEMS = "{\"items\":[1,2,3]}";
    static final String CHUNKS = "{\"items\":[4,5,6]}";
    static final int BIG = 3_000_000;

    private final Upstream upstream;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    HttpUpstream() throws IOException {
        upstream = Upstream.of(this::talk);
    }

    int port() {
        return upstream.port();
    }

    int openConnections() {
        return upstream.openConnections();
    }

    /** First lines of the requests that it has seen. */
    List<String> requests() {
        return requests;
    }

    static byte[] big() {
        byte[] bytes = new byte[BIG];
        for (int i = 0; i < BIG; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    private void talk(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String head = readHead(in);
        while (!head.isEmpty()) {
            String line = head.substring(0, head.indexOf('\r'));
            requests.add(line);
            byte[] body = readBody(head, in);
            ByteArrayOutputStream response = response(line, body);
            OutputStream out = socket.getOutputStream();
            out.write(response.toByteArray());
            out.flush();
            if (line.contains("/close")) {
                return;
            }
            head = readHead(in);
        }
    }

    private static ByteArrayOutputStream response(String line, byte[] body) throws IOException {
        boolean head = line.startsWith("HEAD");
        String path = line.split(" ", -1)[1];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (path) {
            case "/none" -> write(out, "HTTP/1.1 204 No Content\r\n\r\n");
            case "/chunked" -> {
                write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
                write(out, head ? "" : chunk(CHUNKS.substring(0, 5)) + chunk(CHUNKS.substring(5)) + "0\r\n\r\n");
            }
            case "/close" -> write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + (head ? "" : ITEMS));
            case "/big" -> sized(out, head, big());
            case "/echo" -> sized(out, head, body);
            default -> sized(out, head, ITEMS.getBytes(StandardCharsets.US_ASCII));
        }
        return out;
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + ";a=b\r\n" + text + "\r\n";
    }

    private static void sized(OutputStream out, boolean head, byte[] body) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n");
        if (!head) {
            out.write(body);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** With its blank line; empty at the end of the stream. */
    static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The body that the head announces, without what is around chunks. */
    static byte[] readBody(String head, InputStream in) throws IOException {
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            return readChunks(in);
        }
        int at = lower.indexOf("content-length: ");
        return at < 0
                ? new byte[0]
                : in.readNBytes(Integer.parseInt(
                        head.substring(at + 16, head.indexOf('\r', at)).strip()));
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = Integer.parseInt(readLine(in).split(";", -1)[0], 16);
        while (size > 0) {
            body.write(in.readNBytes(size));
            readLine(in);
            size = Integer.parseInt(readLine(in).split(";", -1)[0], 16);
        }
        while (!readLine(in).isEmpty()) {}
        return body.toByteArray();
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("ended in the middle of a line");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        upstream.close();
    }
}

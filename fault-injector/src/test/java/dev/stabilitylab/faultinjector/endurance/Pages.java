package dev.stabilitylab.faultinjector.endurance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** An HTTP/1.1 server. What it answers depends on nothing but the request. */
final class Pages implements AutoCloseable {

    private static final int MAX_CHUNK = 3_000;

    private final ThreadedServer server = new ThreadedServer(Pages::talk);

    Pages() throws IOException {}

    String address() {
        return server.address();
    }

    private static void talk(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        Message request = Message.read(in, false);
        while (!request.isNothing()) {
            socket.getOutputStream().write(response(request.startLine(), request.body()));
            if (request.head().contains("Connection: close")) {
                return;
            }
            request = Message.read(in, false);
        }
    }

    /** The answer to a request, byte by byte. The number in its path says how long the body is and in which form it comes. */
    static byte[] response(String startLine, String body) {
        String[] words = startLine.split(" ", -1);
        Random random = new Random(Long.parseLong(words[1].substring(1)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (random.nextInt(10) == 0) {
            write(out, "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
        }
        int form = random.nextInt(10);
        if (form == 0) {
            write(out, "HTTP/1.1 204 No Content\r\n\r\n");
            return out.toByteArray();
        }
        byte[] content = new byte[random.nextInt(random.nextBoolean() ? 50 : 20_000)];
        random.nextBytes(content);
        if (words[0].equals("POST")) {
            content = body.getBytes(StandardCharsets.ISO_8859_1);
        }
        boolean chunked = form < 5;
        write(out, "HTTP/1.1 200 OK\r\nX-Form: " + form + "\r\n");
        write(out, chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + content.length + "\r\n\r\n");
        if (!words[0].equals("HEAD")) {
            write(out, content, chunked, random);
        }
        return out.toByteArray();
    }

    /** A body, with chunks of random sizes if wanted. */
    static void write(ByteArrayOutputStream out, byte[] content, boolean chunked, Random random) {
        int at = 0;
        while (chunked && at < content.length) {
            int size = Math.min(content.length - at, 1 + random.nextInt(MAX_CHUNK));
            write(out, Integer.toHexString(size) + (random.nextBoolean() ? ";a=\"b\"" : "") + "\r\n");
            out.write(content, at, size);
            write(out, "\r\n");
            at += size;
        }
        if (chunked) {
            write(out, random.nextBoolean() ? "0\r\n\r\n" : "0\r\nTrailer: x\r\n\r\n");
        } else {
            out.writeBytes(content);
        }
    }

    static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

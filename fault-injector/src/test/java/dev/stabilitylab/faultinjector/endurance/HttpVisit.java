package dev.stabilitylab.faultinjector.endurance;

import dev.stabilitylab.faultinjector.endurance.Visit.Outcome;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One connection to {@link Pages} behind a proxy: asks several times, ahead or one by one, in a way that depends on its seed. */
final class HttpVisit {

    private static final int MAX_REQUESTS = 8;
    private static final int MAX_BODY = 4_000;
    private static final int PATIENCE_MILLIS = 100;

    private final int port;
    private final Random random;
    private final Tally tally;
    private final List<Request> requests = new ArrayList<>();

    /**
     * A request.
     *
     * @param text all of it
     * @param mayBeHit whether it has the header by which HTTP faults choose
     */
    private record Request(String startLine, String body, String text, boolean mayBeHit) {

        void sendTo(Socket socket) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    HttpVisit(int port, long seed, Tally tally) {
        this.port = port;
        this.tally = tally;
        this.random = new Random(seed);
        int count = 1 + random.nextInt(MAX_REQUESTS);
        for (int i = 1; i <= count; i++) {
            requests.add(request(i == count && random.nextBoolean()));
        }
    }

    private Request request(boolean last) {
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
        return new Request(
                startLine,
                new String(body, StandardCharsets.ISO_8859_1),
                out.toString(StandardCharsets.ISO_8859_1),
                mayBeHit);
    }

    /** Fails when anything else comes back than what has to, as far as it comes. */
    Outcome call() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            if (random.nextInt(4) == 0) {
                socket.setSoLinger(true, 0);
            }
            return random.nextBoolean() ? askAhead(socket) : askOneByOne(socket);
        } catch (EOFException ended) {
            return Outcome.ENDED;
        } catch (SocketTimeoutException silence) {
            return Outcome.SILENT;
        } catch (SocketException cut) {
            return Outcome.CUT;
        }
    }

    private Outcome askAhead(Socket socket) throws IOException {
        for (Request request : requests) {
            request.sendTo(socket);
        }
        if (random.nextBoolean()) {
            socket.shutdownOutput();
        }
        if (random.nextInt(10) == 0) {
            return Outcome.LEFT;
        }
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (Request request : requests) {
            listen(in, request);
        }
        return Outcome.WHOLE;
    }

    private Outcome askOneByOne(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (Request request : requests) {
            request.sendTo(socket);
            if (random.nextInt(50) == 0) {
                return Outcome.LEFT;
            }
            listen(in, request);
        }
        return Outcome.WHOLE;
    }

    private void listen(InputStream in, Request request) throws IOException {
        byte[] expected = Pages.response(request.startLine, request.body);
        boolean head = request.startLine.startsWith("HEAD");
        if (request.mayBeHit) {
            checkShape(request, readResponse(in, head), readResponse(new ByteArrayInputStream(expected), head), head);
            tally.perhapsHit.increment();
        } else {
            checkBytes(request, in, expected);
            tally.untouched.increment();
        }
    }

    private static void checkBytes(Request request, InputStream in, byte[] expected) throws IOException {
        byte[] heard = new byte[expected.length];
        int count = 0;
        while (count < heard.length) {
            int read = in.read(heard, count, heard.length - count);
            if (read < 0) {
                throw new EOFException();
            }
            if (!Arrays.equals(heard, count, count + read, expected, count, count + read)) {
                throw new AssertionError("%s: other bytes from %d on".formatted(request.startLine, count));
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
    private static void checkShape(Request request, Message response, Message original, boolean head) {
        boolean known = response.startLine().equals(original.startLine())
                || response.startLine().equals("HTTP/1.1 503 Service Unavailable");
        int length = response.body().length();
        boolean fits = length == original.body().length()
                || (!head && (length == Changes.BUSY.length() || length == Changes.PAGE.length()));
        if (!known || !fits) {
            throw new AssertionError("%s was answered with %d bytes behind%n%s%ninstead of %d behind%n%s"
                    .formatted(
                            request.startLine,
                            length,
                            response.head(),
                            original.body().length(),
                            original.head()));
        }
    }
}

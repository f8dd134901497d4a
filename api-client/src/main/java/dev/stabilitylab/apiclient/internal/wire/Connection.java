package dev.stabilitylab.apiclient.internal.wire;

import dev.stabilitylab.apiclient.Headers;
import dev.stabilitylab.apiclient.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the upstream; one attempt at a time uses it. HttpCore writes and parses the messages. What decides whether a connection
 * is used again stands here: exactly one whole response was read, both sides want to go on, and nothing is left over.
 */
final class Connection {

    /** Interim responses (1xx) that are read over before the final one. */
    private static final int MAX_INTERIM = 20;

    private static final int CHUNK = 8 * 1024;

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final TimedSocket socket;
    private final Lines lines = new Lines();
    private final DefaultBHttpClientConnection http = lines.newConnection();
    private Socket stream;
    private final long openedAt;
    private long idleSince;
    private boolean reusable;

    private Connection(TimedSocket socket, long now) {
        this.socket = socket;
        this.stream = socket;
        this.openedAt = now;
    }

    /** A connection that is not connected yet. */
    static Connection create(long now) throws IOException {
        return new Connection(TimedSocket.open(), now);
    }

    /**
     * @param tls null when the target has none
     * @param until in nanoseconds as of {@link System#nanoTime()}, TLS handshake included
     */
    void connect(InetSocketAddress address, Target target, @Nullable SSLSocketFactory tls, long until)
            throws IOException {
        socket.endBy(until);
        socket.connect(address);
        if (!target.tls()) {
            http.bind(socket);
            return;
        }
        SSLSocket secure =
                (SSLSocket) Objects.requireNonNull(tls).createSocket(socket, target.host(), target.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        http.bind(secure, socket);
        stream = secure;
    }

    /**
     * Sends once and reads the whole response.
     *
     * @param until in nanoseconds as of {@link System#nanoTime()}
     * @param maxBytes longest body that is accepted of a response with a status below 300
     */
    Response exchange(ClassicHttpRequest request, long until, int maxBytes) throws IOException, HttpException {
        reusable = false;
        socket.endBy(until);
        http.sendRequestHeader(request);
        http.sendRequestEntity(request);
        http.flush();
        ClassicHttpResponse head = receiveHead();
        int status = head.getCode();
        boolean complete = true;
        byte[] body = new byte[0];
        if (hasBody(request, status)) {
            http.receiveResponseEntity(head);
            int limit = status < 300 ? maxBytes : Response.MAX_ERROR_BODY;
            long announced = head.getEntity().getContentLength();
            if (announced > limit && status < 300) {
                throw new TooLongException(maxBytes);
            }
            body = read(head.getEntity().getContent(), limit, announced);
            complete = body.length <= limit;
            if (!complete && status < 300) {
                throw new TooLongException(maxBytes);
            }
            // Only the end of the connection ends a body without a length.
            complete &= announced >= 0 || head.getEntity().isChunked();
        }
        reusable = complete && wantsToGoOn(head) && isUnambiguous(head) && !isAnythingLeft();
        return new Response(status, headers(head), complete ? body : Arrays.copyOf(body, body.length - 1));
    }

    private ClassicHttpResponse receiveHead() throws IOException, HttpException {
        for (int interim = 0; interim <= MAX_INTERIM; interim++) {
            ClassicHttpResponse head = http.receiveResponseHeader();
            if (head.getCode() >= 200) {
                return head;
            }
            if (head.getCode() == 101) {
                throw new HttpException("it switches protocols unasked");
            }
        }
        throw new HttpException("more than " + MAX_INTERIM + " interim responses");
    }

    // RFC 9112, 6.3.
    private static boolean hasBody(ClassicHttpRequest request, int status) {
        return !request.getMethod().equals("HEAD") && status != 204 && status != 304;
    }

    /** The body, or one byte more than the limit when it is longer. */
    private static byte[] read(InputStream content, int limit, long announced) throws IOException {
        byte[] bytes = new byte[(int) Math.min(limit + 1L, announced >= 0 ? Math.min(announced, CHUNK) : CHUNK)];
        int length = 0;
        while (length <= limit) {
            if (length == bytes.length) {
                if (length == announced) {
                    return bytes;
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit + 1L, Math.max(CHUNK, 2L * length)));
            }
            int count = content.read(bytes, length, bytes.length - length);
            if (count < 0) {
                break;
            }
            length += count;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private static boolean wantsToGoOn(ClassicHttpResponse head) {
        return head.getVersion().greaterEquals(HttpVersion.HTTP_1_1)
                && Stream.of(head.getHeaders(HttpHeaders.CONNECTION))
                        .noneMatch(header ->
                                header.getValue().toLowerCase(Locale.ROOT).contains("close"));
    }

    // RFC 9112, 6.3: whoever is in between may have understood the other way of framing, or have read a number
    // differently.
    private boolean isUnambiguous(ClassicHttpResponse head) {
        Header[] lengths = head.getHeaders(HttpHeaders.CONTENT_LENGTH);
        Header[] codings = head.getHeaders(HttpHeaders.TRANSFER_ENCODING);
        return !lines.isDoubtful()
                && lengths.length + codings.length <= 1
                && Stream.of(lengths)
                        .allMatch(length -> DIGITS.matcher(length.getValue()).matches())
                && Stream.of(codings).allMatch(coding -> coding.getValue().equalsIgnoreCase("chunked"));
    }

    /** Whether something came behind the response, and was received together with it. */
    private boolean isAnythingLeft() throws IOException {
        return lines.length() > 0 || stream.getInputStream().available() > 0;
    }

    /** Whether another attempt may use it. To be asked by whoever has it, after the exchange. */
    boolean isReusable() {
        return reusable;
    }

    /** Whether the upstream has neither closed it nor sent what nobody asked for. To be asked before it is used again. */
    boolean isQuiet() {
        return socket.isQuiet();
    }

    /** Whether the upstream ended its side in the middle of a line. */
    boolean hasEnded() {
        return lines.hasEnded();
    }

    void restsSince(long now) {
        idleSince = now;
    }

    /** Whether it is older, or has rested longer, than it may; both in nanoseconds. */
    boolean isExpired(long now, long timeToLive, long idleTimeout) {
        return now - openedAt >= timeToLive || now - idleSince >= idleTimeout;
    }

    /** Closes it at once, on any thread; what is under way on it fails. */
    void close() {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // It is closed all the same.
        }
    }

    private static Headers headers(ClassicHttpResponse head) {
        var all = head.getHeaders();
        return name -> Stream.of(all)
                .filter(header -> header.getName().equalsIgnoreCase(name))
                .map(NameValuePair::getValue)
                .toList();
    }

    /** The body is longer than is accepted. */
    static final class TooLongException extends HttpException {

        TooLongException(int maxBytes) {
            super("its body is longer than %d bytes", maxBytes);
        }
    }
}

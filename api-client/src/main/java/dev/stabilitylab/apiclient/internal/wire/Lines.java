package dev.stabilitylab.apiclient.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the responses of one connection: status, header and chunk size lines, and trailers. HttpCore forgives much in a line. Here it
 * is noticed, since another recipient on the way may have forgiven it differently, and have seen another end of the message.
 */
final class Lines implements SessionInputBuffer {

    /** Most bytes of lines in a row: a head, interim ones before it included, or the trailers. */
    private static final int MAX_IN_A_ROW = 64 * 1024;

    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxHeaderCount(200).setMaxEmptyLineCount(1).build();

    private @Nullable SessionInputBuffer buffer;
    private int inARow;
    private boolean ended;
    private boolean doubtful;

    /** HttpCore's connection, reading its lines from here. */
    DefaultBHttpClientConnection newConnection() {
        return new DefaultBHttpClientConnection(
                LIMITS,
                null,
                null,
                null,
                null,
                null,
                anyConfig -> new DefaultHttpResponseParser(LIMITS, LazyLaxLineParser.INSTANCE, null) {
                    @Override
                    public ClassicHttpResponse parse(SessionInputBuffer source, InputStream in)
                            throws IOException, HttpException {
                        return super.parse(over(source), in);
                    }
                }) {
            @Override
            protected InputStream createContentInputStream(long length, SessionInputBuffer source, InputStream in) {
                return super.createContentInputStream(length, over(source), in);
            }
        };
    }

    /** Whether the peer's end of the stream came where a line should have gone on. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether any line so far could be understood in more than one way. */
    boolean isDoubtful() {
        return doubtful;
    }

    private Lines over(SessionInputBuffer source) {
        buffer = source;
        return this;
    }

    private SessionInputBuffer buffer() {
        return Objects.requireNonNull(buffer, "nothing was received yet");
    }

    @Override
    public int readLine(CharArrayBuffer line, InputStream in) throws IOException {
        int start = line.length();
        int last = 0;
        for (int next = read(in); next != '\n'; next = buffer().read(in)) {
            if (next < 0) {
                ended = true;
                if (line.length() == start) {
                    // HttpCore would take it for the end of the head, or of the trailers.
                    throw new ConnectionClosedException("the response ends in the middle");
                }
                break;
            }
            if (++inARow > MAX_IN_A_ROW) {
                throw new MessageConstraintException(
                        "its head or its trailers are longer than %d bytes".formatted(MAX_IN_A_ROW));
            }
            // A CR is only the end of a line together with the LF behind it.
            if (last == '\r') {
                doubtful = true;
                line.append('\r');
            }
            if (next != '\r') {
                line.append((char) next);
            }
            last = next;
        }
        doubtful |= last != '\r' || isDoubtful(line, start);
        return line.length() - start;
    }

    private static boolean isDoubtful(CharArrayBuffer line, int start) {
        if (line.length() == start) {
            return false;
        }
        char first = line.charAt(start);
        // A folded header line, or a chunk size with a sign.
        if (first == ' '
                || first == '\t'
                || first == '+'
                || first == '-'
                || line.indexOf('\0', start, line.length()) >= 0) {
            return true;
        }
        int colon = line.indexOf(':', start, line.length());
        boolean isStatus =
                line.substring(start, Math.min(start + 5, line.length())).equals("HTTP/");
        return colon >= 0 && !isStatus && hasSpace(line, start, colon);
    }

    private static boolean hasSpace(CharArrayBuffer line, int from, int to) {
        return line.indexOf(' ', from, to) >= 0 || line.indexOf('\t', from, to) >= 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length, InputStream in) throws IOException {
        inARow = 0;
        return buffer().read(bytes, offset, length, in);
    }

    @Override
    public int read(byte[] bytes, InputStream in) throws IOException {
        return read(bytes, 0, bytes.length, in);
    }

    @Override
    public int read(InputStream in) throws IOException {
        return buffer().read(in);
    }

    /** How many bytes were received and not read yet. */
    @Override
    public int length() {
        return buffer == null ? 0 : buffer.length();
    }

    @Override
    public int capacity() {
        return buffer().capacity();
    }

    @Override
    public int available() {
        return buffer().available();
    }

    @Override
    public HttpTransportMetrics getMetrics() {
        return buffer().getMetrics();
    }
}

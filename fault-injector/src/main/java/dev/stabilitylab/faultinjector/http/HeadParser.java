package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;

/**
 * Reads from the head of a message what is needed to find the message's end, and nothing else. Reused for all messages of one
 * direction, so that it allocates nothing. What is ambiguous is invalid: two readers could find different ends.
 */
abstract class HeadParser {

    /** The head goes on beyond the bytes that are there. */
    static final int INCOMPLETE = -1;

    /** That is not HTTP/1, or its end is ambiguous. */
    static final int INVALID = -2;

    private static final int NO_LENGTH = -1;
    private static final byte[] CONTENT_LENGTH = Ascii.bytes("content-length");
    private static final byte[] TRANSFER_ENCODING = Ascii.bytes("transfer-encoding");
    private static final byte[] CHUNKED = Ascii.bytes("chunked");
    private static final int VERSION_LENGTH = 8;
    private static final byte[] VERSION_START = Ascii.bytes("HTTP/1.");
    private static final int MAX_LENGTH_DIGITS = 18;

    private boolean startLineValid;
    private boolean http10;
    private boolean transferCoded;
    private boolean chunked;
    private long contentLength;

    /** The index behind the head that begins at {@code from}, or {@link #INCOMPLETE} or {@link #INVALID}. */
    final int parse(ByteBuf in, int from, int to) {
        startLineValid = false;
        http10 = false;
        transferCoded = false;
        chunked = false;
        contentLength = NO_LENGTH;
        int at = from;
        for (int lf = Ascii.indexOf(in, at, to, '\n'); lf >= 0; lf = Ascii.indexOf(in, at, to, '\n')) {
            int end = Ascii.lineEnd(in, at, lf);
            // Some readers take a carriage return by itself for the end of a line.
            if (Ascii.indexOf(in, at, end, '\r') >= 0) {
                return INVALID;
            }
            if (at == from) {
                if (!startLine(in, at, end)) {
                    return INVALID;
                }
                startLineValid = true;
            } else if (end == at) {
                return isAmbiguous() ? INVALID : lf + 1;
            } else if (!header(in, at, end)) {
                return INVALID;
            }
            at = lf + 1;
        }
        return INCOMPLETE;
    }

    /** Whether a first line that is not there as a whole yet can become one. Looks at the first few bytes only. */
    abstract boolean mayBegin(ByteBuf in, int from, int to);

    /** Reads the first line, without its end. */
    abstract boolean startLine(ByteBuf in, int from, int to);

    /** Whether what made the last head invalid came behind its first line. */
    final boolean isStartLineValid() {
        return startLineValid;
    }

    final boolean isHttp10() {
        return http10;
    }

    final boolean isTransferCoded() {
        return transferCoded;
    }

    /** What the headers say, for {@link BodyFramer#start}; {@code otherwise} when they say nothing. */
    final long framing(long otherwise) {
        if (chunked) {
            return BodyFramer.CHUNKED;
        }
        return contentLength == NO_LENGTH ? otherwise : contentLength;
    }

    /** Reads {@code HTTP/1.x} at that place. */
    final boolean version(ByteBuf in, int from, int to) {
        if (to - from != VERSION_LENGTH || !Ascii.startsWith(in, from, to, VERSION_START)) {
            return false;
        }
        byte minor = in.getByte(to - 1);
        http10 = minor == '0';
        return minor == '0' || minor == '1';
    }

    private boolean isAmbiguous() {
        return transferCoded && (contentLength != NO_LENGTH || http10);
    }

    private boolean header(ByteBuf in, int from, int to) {
        int colon = Ascii.indexOf(in, from, to, ':');
        // A line that begins with a blank continues the one before it, and a name that ends with one is read in many
        // ways.
        if (colon <= from || Ascii.isBlank(in.getByte(from)) || Ascii.isBlank(in.getByte(colon - 1))) {
            return false;
        }
        if (Ascii.equalsIgnoringCase(in, from, colon, CONTENT_LENGTH)) {
            return contentLength(in, Ascii.skipBlanks(in, colon + 1, to), Ascii.trimEnd(in, colon + 1, to));
        }
        if (Ascii.equalsIgnoringCase(in, from, colon, TRANSFER_ENCODING)) {
            return transferEncoding(in, Ascii.skipBlanks(in, colon + 1, to), Ascii.trimEnd(in, colon + 1, to));
        }
        return true;
    }

    private boolean contentLength(ByteBuf in, int from, int to) {
        if (contentLength != NO_LENGTH || to <= from || to - from > MAX_LENGTH_DIGITS) {
            return false;
        }
        long length = 0;
        for (int i = from; i < to; i++) {
            int digit = in.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            length = length * 10 + digit;
        }
        contentLength = length;
        return true;
    }

    /** Chunked counts only as the last coding. */
    private boolean transferEncoding(ByteBuf in, int from, int to) {
        if (transferCoded) {
            return false;
        }
        transferCoded = true;
        int last = from;
        for (int i = from; i < to; i++) {
            if (in.getByte(i) == ',') {
                last = Ascii.skipBlanks(in, i + 1, to);
            }
        }
        chunked = Ascii.equalsIgnoringCase(in, last, to, CHUNKED);
        return true;
    }
}

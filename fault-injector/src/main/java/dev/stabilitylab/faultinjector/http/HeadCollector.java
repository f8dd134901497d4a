package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds whole heads in a stream of chunks. A head that is in one chunk is read where it is; one that is not is copied. */
final class HeadCollector {

    /** A longer head is no head. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int USUAL_BYTES = 512;
    private static final byte[] TLS_HANDSHAKE = {22, 3};
    private static final byte[] HTTP2_PREFACE = Ascii.bytes("PRI * HTTP/2.0");

    private final HeadParser parser;
    private @Nullable ByteBuf begun;
    private boolean startLineSeen;
    private Inert problem = Inert.NOT_HTTP;
    private ByteBuf source = Unpooled.EMPTY_BUFFER;
    private int start;
    private int end;
    private int earlier;

    HeadCollector(HeadParser parser) {
        this.parser = parser;
    }

    /** Whether a head has begun, and its end is not there yet. */
    boolean isCollecting() {
        return begun != null;
    }

    /**
     * Takes bytes of a head.
     *
     * @return the index behind the head; {@link HeadParser#INCOMPLETE} when all bytes belong to it; {@link HeadParser#INVALID} when
     *     it is none
     */
    int feed(ByteBuf in, int from, int to) {
        return begun == null ? begin(in, from, to) : goOn(begun, in, from, to);
    }

    private int begin(ByteBuf in, int from, int to) {
        earlier = 0;
        int found = parser.parse(in, from, to);
        if (found >= 0) {
            source = in;
            start = from;
            end = found;
            return found - from > MAX_BYTES ? invalid(Inert.LONG_HEAD) : found;
        }
        startLineSeen = Ascii.indexOf(in, from, to, '\n') >= 0;
        if (found == HeadParser.INVALID || !(startLineSeen || parser.mayBegin(in, from, to))) {
            return invalid(reason(in, from, to));
        }
        if (to - from >= MAX_BYTES) {
            return invalid(Inert.LONG_HEAD);
        }
        begun = Unpooled.buffer(Math.max(USUAL_BYTES, to - from), MAX_BYTES).writeBytes(in, from, to - from);
        return HeadParser.INCOMPLETE;
    }

    private int goOn(ByteBuf head, ByteBuf in, int from, int to) {
        int before = head.writerIndex();
        head.writeBytes(in, from, Math.min(to - from, MAX_BYTES - before));
        int found = findEnd(head, before);
        if (found < 0 && head.writerIndex() < MAX_BYTES && startsWell(head, before)) {
            return HeadParser.INCOMPLETE;
        }
        if (found < 0 || parser.parse(head, 0, found) != found) {
            Inert why = found < 0 && head.writerIndex() == MAX_BYTES
                    ? Inert.LONG_HEAD
                    : reason(head, 0, head.writerIndex());
            head.writerIndex(before);
            return invalid(why);
        }
        source = head;
        start = 0;
        end = found;
        earlier = before;
        begun = null;
        return from + found - before;
    }

    private int invalid(Inert why) {
        problem = why;
        return HeadParser.INVALID;
    }

    private Inert reason(ByteBuf in, int from, int to) {
        if (Ascii.startsWith(in, from, to, TLS_HANDSHAKE)) {
            return Inert.TLS;
        }
        if (Ascii.startsWith(in, from, to, HTTP2_PREFACE)) {
            return Inert.HTTP2;
        }
        return startLineSeen && parser.isStartLineValid() ? Inert.AMBIGUOUS_HEAD : Inert.NOT_HTTP;
    }

    /** Why the bytes were no head. */
    Inert problem() {
        return problem;
    }

    private boolean startsWell(ByteBuf head, int before) {
        if (startLineSeen) {
            return true;
        }
        int lf = Ascii.indexOf(head, before, head.writerIndex(), '\n');
        startLineSeen = lf >= 0;
        return startLineSeen
                ? parser.startLine(head, 0, Ascii.lineEnd(head, 0, lf))
                : parser.mayBegin(head, 0, head.writerIndex());
    }

    /** The index behind the blank line, when that has come with the bytes from {@code before} on. */
    private static int findEnd(ByteBuf head, int before) {
        int to = head.writerIndex();
        int lf = Ascii.indexOf(head, Math.max(0, before - 2), to, '\n');
        while (lf >= 0) {
            int next = lf + 1;
            if (next < to && head.getByte(next) == '\n') {
                return next + 1;
            }
            if (next + 1 < to && head.getByte(next) == '\r' && head.getByte(next + 1) == '\n') {
                return next + 2;
            }
            lf = Ascii.indexOf(head, next, to, '\n');
        }
        return -1;
    }

    /** The head that has been found. Only good until the next bytes are fed, or the chunk is gone. */
    String text() {
        return source.toString(start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Whether the head that has been found came in more than one chunk. */
    boolean hasEarlierBytes() {
        return earlier > 0;
    }

    /** The bytes of the head that has been found which came with chunks before the last one. */
    ByteBuf earlierBytes() {
        return earlier == 0 ? Unpooled.EMPTY_BUFFER : source.slice(0, earlier);
    }

    /** A copy of the bytes of a head that has begun and goes on. */
    ByteBuf copyBegun() {
        return begun == null ? Unpooled.EMPTY_BUFFER : begun.copy();
    }

    /** The bytes of a head that has begun, or has turned out to be none; it is forgotten. */
    ByteBuf giveUp() {
        ByteBuf bytes = begun == null ? Unpooled.EMPTY_BUFFER : begun;
        begun = null;
        return bytes;
    }
}

package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;

/** Reads the heads of requests. */
final class RequestParser extends HeadParser {

    private static final int MAX_METHOD_LENGTH = 32;
    private static final byte[] HEAD = Ascii.bytes("HEAD");
    private static final byte[] CONNECT = Ascii.bytes("CONNECT");

    private Exchange.Kind kind = Exchange.Kind.USUAL;

    Exchange.Kind kind() {
        return kind;
    }

    /** How the body ends, for {@link BodyFramer#start}; {@link #INVALID} when nobody can know. */
    long bodyFraming() {
        long framing = framing(0);
        return isTransferCoded() && framing != BodyFramer.CHUNKED ? INVALID : framing;
    }

    @Override
    boolean mayBegin(ByteBuf in, int from, int to) {
        int end = methodEnd(in, from, to);
        return end == to ? to - from <= MAX_METHOD_LENGTH : end > from && in.getByte(end) == ' ';
    }

    private static int methodEnd(ByteBuf in, int from, int to) {
        int limit = Math.min(to, from + MAX_METHOD_LENGTH + 1);
        int at = from;
        while (at < limit && Ascii.isTokenChar(in.getByte(at))) {
            at++;
        }
        return at;
    }

    @Override
    boolean startLine(ByteBuf in, int from, int to) {
        int methodEnd = methodEnd(in, from, to);
        if (methodEnd == from || methodEnd - from > MAX_METHOD_LENGTH || methodEnd >= to) {
            return false;
        }
        int targetEnd = Ascii.indexOf(in, methodEnd + 1, to, ' ');
        if (in.getByte(methodEnd) != ' ' || targetEnd <= methodEnd + 1 || !version(in, targetEnd + 1, to)) {
            return false;
        }
        if (equals(in, from, methodEnd, HEAD)) {
            kind = Exchange.Kind.HEAD;
        } else {
            kind = equals(in, from, methodEnd, CONNECT) ? Exchange.Kind.CONNECT : Exchange.Kind.USUAL;
        }
        return true;
    }

    private static boolean equals(ByteBuf in, int from, int to, byte[] name) {
        return to - from == name.length && Ascii.startsWith(in, from, to, name);
    }
}

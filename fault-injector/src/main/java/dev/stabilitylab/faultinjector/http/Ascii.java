package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Small questions about bytes in a buffer; ranges are from, inclusive, to, exclusive. */
final class Ascii {

    private Ascii() {}

    /** Each character is one byte, and back: what HTTP's heads are read as. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static boolean isBlank(byte value) {
        return value == ' ' || value == '\t';
    }

    /** Whether names of methods and headers may have it. */
    static boolean isTokenChar(int value) {
        return isIn(value, '0', '9')
                || isIn(value, 'A', 'Z')
                || isIn(value, 'a', 'z')
                || "!#$%&'*+-.^_`|~".indexOf(value) >= 0;
    }

    /** Whether it can be the name of a method or header. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Ascii::isTokenChar);
    }

    private static boolean isIn(int value, char first, char last) {
        return value >= first && value <= last;
    }

    /** Where {@code wanted} is for the first time, or -1. */
    static int indexOf(ByteBuf in, int from, int to, char wanted) {
        return in.indexOf(from, to, (byte) wanted);
    }

    /** The end of the line whose line feed is at {@code lf}, without a carriage return. */
    static int lineEnd(ByteBuf in, int from, int lf) {
        return lf > from && in.getByte(lf - 1) == '\r' ? lf - 1 : lf;
    }

    static int skipBlanks(ByteBuf in, int from, int to) {
        int at = from;
        while (at < to && isBlank(in.getByte(at))) {
            at++;
        }
        return at;
    }

    static int trimEnd(ByteBuf in, int from, int to) {
        int end = to;
        while (end > from && isBlank(in.getByte(end - 1))) {
            end--;
        }
        return end;
    }

    /** Whether the range begins with {@code start}, or is a beginning of it. */
    static boolean startsWith(ByteBuf in, int from, int to, byte[] start) {
        int length = Math.min(to - from, start.length);
        for (int i = 0; i < length; i++) {
            if (in.getByte(from + i) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** Only letters have a small one: to set their bit in anything else makes a hyphen of a carriage return. */
    private static int toLower(byte value) {
        return isIn(value, 'A', 'Z') ? value | 0x20 : value;
    }

    /** Whether the range is {@code lower}, which is in small letters and hyphens. */
    static boolean equalsIgnoringCase(ByteBuf in, int from, int to, byte[] lower) {
        if (to - from != lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (toLower(in.getByte(from + i)) != lower[i]) {
                return false;
            }
        }
        return true;
    }
}

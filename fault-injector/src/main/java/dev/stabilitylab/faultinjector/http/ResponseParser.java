package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;

/** Reads the heads of responses. */
final class ResponseParser extends HeadParser {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int STATUS_AT = 9;
    private static final byte[] START = Ascii.bytes("HTTP/1.");

    private int status;

    /** Whether another response to the same request follows. */
    boolean isInterim() {
        return status < 200 && status != SWITCHING_PROTOCOLS;
    }

    /** Whether what follows is no longer HTTP/1. */
    boolean opensTunnel(Exchange exchange) {
        return status == SWITCHING_PROTOCOLS || (exchange.kind() == Exchange.Kind.CONNECT && status < 300);
    }

    /** Whether there is no body whatever the headers say. */
    boolean isBodiless(Exchange exchange) {
        return exchange.kind() == Exchange.Kind.HEAD || status == NO_CONTENT || status == NOT_MODIFIED;
    }

    /** How the body ends, for {@link BodyFramer#start}. */
    long bodyFraming(Exchange exchange) {
        return isBodiless(exchange) ? 0 : framing(BodyFramer.UNTIL_CLOSE);
    }

    @Override
    boolean mayBegin(ByteBuf in, int from, int to) {
        return Ascii.startsWith(in, from, to, START);
    }

    @Override
    boolean startLine(ByteBuf in, int from, int to) {
        int statusEnd = from + STATUS_AT + 3;
        if (to < statusEnd || !version(in, from, from + STATUS_AT - 1) || in.getByte(from + STATUS_AT - 1) != ' ') {
            return false;
        }
        int number = 0;
        for (int i = from + STATUS_AT; i < statusEnd; i++) {
            int digit = in.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            number = number * 10 + digit;
        }
        status = number;
        return number >= 100 && (to == statusEnd || in.getByte(statusEnd) == ' ');
    }
}

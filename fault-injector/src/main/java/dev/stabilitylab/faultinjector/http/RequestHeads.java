package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads the heads of requests. A head that has not come as a whole is withheld only while there is a fault that could swallow it; the
 * others pass at once.
 */
final class RequestHeads {

    /** What the last bytes were. */
    enum Found {
        /** The beginning of a head, or what may stand before one. */
        NOTHING_YET,
        /** A request, whose last bytes have not passed yet; {@link #letPass} or leave it out. */
        REQUEST,
        /** No head. */
        UNKNOWN
    }

    private final RequestParser parser = new RequestParser();
    private final HeadCollector heads = new HeadCollector(parser);
    private final RequestRules rules;
    private final Portion portion;
    private Found found = Found.NOTHING_YET;
    private boolean withholding;
    private boolean reached;

    RequestHeads(RequestRules rules, Portion portion) {
        this.rules = rules;
        this.portion = portion;
    }

    /** Goes over bytes of a request's head, and returns the index behind them. */
    int read(ByteBuf in, int at, int to) {
        found = Found.NOTHING_YET;
        reached = heads.isCollecting() && !withholding;
        if (!heads.isCollecting()) {
            int first = skipLineEnds(in, at, to);
            if (first > at) {
                portion.pass(first);
                return first;
            }
            withholding = rules.mayAnswer();
        }
        int end = heads.feed(in, at, to);
        if (end == HeadParser.INCOMPLETE) {
            passUnlessWithheld(to);
            return to;
        }
        if (end == HeadParser.INVALID || parser.bodyFraming() == HeadParser.INVALID) {
            found = Found.UNKNOWN;
            portion.insert(ifWithheld(end == HeadParser.INVALID ? heads.giveUp() : heads.earlierBytes()));
            return at;
        }
        found = Found.REQUEST;
        return end;
    }

    /** An empty line before a request is to be tolerated. */
    private static int skipLineEnds(ByteBuf in, int from, int to) {
        int at = from;
        while (at < to && (in.getByte(at) == '\r' || in.getByte(at) == '\n')) {
            at++;
        }
        return at;
    }

    private void passUnlessWithheld(int to) {
        if (withholding) {
            portion.drop(to);
        } else {
            portion.pass(to);
        }
    }

    private ByteBuf ifWithheld(ByteBuf bytes) {
        return withholding ? bytes.retain() : Unpooled.EMPTY_BUFFER;
    }

    Found found() {
        return found;
    }

    /** Decides what happens to the request that has just been found. */
    Exchange decide() {
        return rules.decide(parser, heads, reached);
    }

    /** How its body ends. */
    long bodyFraming() {
        return parser.bodyFraming();
    }

    /** Its head passes, up to that index. */
    void letPass(int end) {
        portion.insert(ifWithheld(heads.earlierBytes()));
        portion.pass(end);
    }

    /** What is withheld of a head, which is withheld no more; nothing when it has passed already. */
    ByteBuf letGo() {
        if (withholding && heads.isCollecting()) {
            withholding = false;
            return heads.copyBegun();
        }
        return Unpooled.EMPTY_BUFFER;
    }
}

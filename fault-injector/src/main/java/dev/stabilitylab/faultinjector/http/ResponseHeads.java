package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;

/** Reads the heads of responses. Those that are hit are withheld until it is known what they are; the others pass at once. */
final class ResponseHeads {

    /** What the last bytes were. */
    enum Found {
        /** The beginning of a head. */
        NOTHING_YET,
        /** A response that another one follows. */
        INTERIM,
        /** The response; when it is hit, it has not passed yet. */
        RESPONSE,
        /** A response behind which there is no HTTP/1 any more. */
        TUNNEL,
        /** No head. */
        UNKNOWN
    }

    private final ResponseParser parser = new ResponseParser();
    private final HeadCollector heads = new HeadCollector(parser);
    private final Portion portion;
    private Found found = Found.NOTHING_YET;

    ResponseHeads(Portion portion) {
        this.portion = portion;
    }

    /** Goes over bytes of a response's head, and returns the index behind them. */
    int read(ByteBuf in, int at, int to, Exchange exchange) {
        boolean hit = !exchange.plan().isEmpty();
        int end = heads.feed(in, at, to);
        if (end == HeadParser.INVALID) {
            found = Found.UNKNOWN;
            insertIf(hit, heads.giveUp());
            return at;
        }
        found = end == HeadParser.INCOMPLETE ? Found.NOTHING_YET : kind(exchange);
        int next = end == HeadParser.INCOMPLETE ? to : end;
        if (hit && (found == Found.NOTHING_YET || found == Found.RESPONSE)) {
            portion.drop(next);
        } else {
            insertIf(hit, heads.earlierBytes().retain());
            portion.pass(next);
        }
        return next;
    }

    private Found kind(Exchange exchange) {
        if (parser.opensTunnel(exchange)) {
            return Found.TUNNEL;
        }
        return parser.isInterim() ? Found.INTERIM : Found.RESPONSE;
    }

    /** Bytes that were withheld pass now; those that were not have passed already. */
    private void insertIf(boolean withheld, ByteBuf bytes) {
        if (withheld) {
            portion.insert(bytes);
        } else {
            bytes.release();
        }
    }

    Found found() {
        return found;
    }

    /** How the body of the response ends that has just been found. */
    long bodyFraming(Exchange exchange) {
        return parser.bodyFraming(exchange);
    }

    /** What is to be delivered of the response that has just been found. */
    Delivery delivery(Exchange exchange) {
        return Delivery.of(exchange.plan(), heads.text(), parser.bodyFraming(exchange), parser.isBodiless(exchange));
    }

    /** The bytes of a head that has begun, whose end will not come. */
    ByteBuf giveUp() {
        return heads.giveUp();
    }
}

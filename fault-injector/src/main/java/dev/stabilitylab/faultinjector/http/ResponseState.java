package dev.stabilitylab.faultinjector.http;

import org.jspecify.annotations.Nullable;

/**
 * What the bytes to the client are at the moment, and which exchange they belong to. Tells the requests' side when they are HTTP no more,
 * or have come to an end.
 */
final class ResponseState {

    /** What the next bytes are. */
    enum Phase {
        HEAD,
        BODY,
        /** A response that is hit. */
        DELIVERY,
        /** Not HTTP, or not any more: bytes pass. */
        UNKNOWN,
        /** The connection has ended for the client: bytes are dropped. */
        ENDED
    }

    private final Exchanges exchanges;
    private final RequestSide requests;
    private Phase phase = Phase.HEAD;
    private boolean reset;

    ResponseState(Exchanges exchanges, RequestSide requests) {
        this.exchanges = exchanges;
        this.requests = requests;
    }

    Phase phase() {
        return phase;
    }

    boolean is(Phase one) {
        return phase == one;
    }

    /** The exchange whose response is due or under way. */
    @Nullable
    Exchange exchange() {
        return exchanges.first();
    }

    /** Whether an answer of our own comes next, be its request at its end or not. */
    boolean isOwnAnswerNext() {
        Exchange first = exchanges.first();
        return phase == Phase.HEAD && first != null && first.answer() != null;
    }

    /** The answer of our own that can be given now. */
    @Nullable
    Answer ownAnswerDue() {
        Exchange first = exchanges.first();
        return phase == Phase.HEAD && first != null && first.isReady() ? first.answer() : null;
    }

    void beginBody() {
        phase = Phase.BODY;
    }

    void beginDelivery() {
        phase = Phase.DELIVERY;
    }

    /** The response is through. */
    void exchangeDone() {
        phase = Phase.HEAD;
        exchanges.removeFirst();
    }

    /**
     * Where the next response begins is not known. With answers of our own outstanding that is the end: nobody knows where they would
     * have to go.
     */
    void becomeUnknown() {
        if (exchanges.haveOwnAnswers()) {
            end(false);
        } else {
            phase = Phase.UNKNOWN;
            exchanges.clear();
            requests.giveUp();
        }
    }

    /** The connection ends for the client, though not for the upstream. */
    void end(boolean withReset) {
        phase = Phase.ENDED;
        reset = withReset;
        exchanges.clear();
        requests.endEarly();
    }

    /** Whether it has ended with a TCP reset. */
    boolean isReset() {
        return reset;
    }
}

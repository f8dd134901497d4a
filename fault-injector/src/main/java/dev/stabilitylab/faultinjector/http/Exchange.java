package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.HttpToxic.Hit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request and its response. */
final class Exchange {

    /** What the response's form depends on. */
    enum Kind {
        USUAL,
        /** The response has no body. */
        HEAD,
        /** With success, the connection becomes a tunnel. */
        CONNECT,
        /** No request: from here on nobody knows what the bytes are. */
        OPAQUE
    }

    private final Kind kind;
    private final List<Hit> hits;
    private final @Nullable OwnResponse ownResponse;
    private boolean ready;
    private long readyNanos;

    /**
     * The exchange that a request begins.
     *
     * @param hits on its response
     * @param ownResponse when the upstream is not to be asked
     */
    Exchange(Kind kind, List<Hit> hits, @Nullable OwnResponse ownResponse) {
        this.kind = kind;
        this.hits = hits;
        this.ownResponse = ownResponse;
    }

    Kind kind() {
        return kind;
    }

    List<Hit> hits() {
        return hits;
    }

    @Nullable
    OwnResponse ownResponse() {
        return ownResponse;
    }

    /** Whether the connection ends with it. */
    boolean closes() {
        return ownResponse != null && ownResponse.closes();
    }

    /** The request has been read to its end, so that it can be answered. */
    void makeReady(long nowNanos) {
        ready = true;
        readyNanos = nowNanos;
    }

    boolean isReady() {
        return ready;
    }

    long readyNanos() {
        return readyNanos;
    }
}

package dev.stabilitylab.faultinjector.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request and its response. Those that nothing happens to share one object for each kind, so that they cost nothing. */
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

    static final Exchange OPAQUE = new Exchange(Kind.OPAQUE, List.of(), null);

    private static final Exchange USUAL = new Exchange(Kind.USUAL, List.of(), null);
    private static final Exchange HEAD = new Exchange(Kind.HEAD, List.of(), null);
    private static final Exchange CONNECT = new Exchange(Kind.CONNECT, List.of(), null);

    private final Kind kind;
    private final List<Hit> hits;
    private final @Nullable OwnResponse ownResponse;
    private boolean ready;
    private long readyNanos;

    private Exchange(Kind kind, List<Hit> hits, @Nullable OwnResponse ownResponse) {
        this.kind = kind;
        this.hits = hits;
        this.ownResponse = ownResponse;
    }

    /** One that nothing happens to. */
    static Exchange of(Kind kind) {
        return switch (kind) {
            case USUAL -> USUAL;
            case HEAD -> HEAD;
            case CONNECT -> CONNECT;
            case OPAQUE -> OPAQUE;
        };
    }

    /**
     * The exchange that a request begins.
     *
     * @param hits on its response
     * @param ownResponse when the upstream is not to be asked
     */
    static Exchange of(Kind kind, List<Hit> hits, @Nullable OwnResponse ownResponse) {
        return hits.isEmpty() ? of(kind) : new Exchange(kind, hits, ownResponse);
    }

    boolean isHead() {
        return kind == Kind.HEAD;
    }

    boolean isConnect() {
        return kind == Kind.CONNECT;
    }

    boolean isOpaque() {
        return kind == Kind.OPAQUE;
    }

    /** What is to be done to the response. */
    List<Hit> hits() {
        return hits;
    }

    /** The response that the upstream was not asked for. */
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

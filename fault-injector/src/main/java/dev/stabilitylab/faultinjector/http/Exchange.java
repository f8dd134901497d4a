package dev.stabilitylab.faultinjector.http;

import org.jspecify.annotations.Nullable;

/** A request and its response. Those that nothing happens to share one object, so that they cost nothing. */
final class Exchange {

    /** What is asked for has a body, and nothing happens to it. */
    static final Exchange PLAIN = new Exchange(Kind.USUAL, Plan.NONE, null);

    /** The same, but the response has no body. */
    static final Exchange PLAIN_HEAD = new Exchange(Kind.HEAD, Plan.NONE, null);

    /** The same, but with success the connection becomes a tunnel. */
    static final Exchange PLAIN_CONNECT = new Exchange(Kind.CONNECT, Plan.NONE, null);

    /** Not a request: from here on nobody knows what the bytes are. */
    static final Exchange UNKNOWN = new Exchange(Kind.USUAL, Plan.NONE, null);

    /** What the response's form depends on. */
    enum Kind {
        USUAL,
        HEAD,
        CONNECT
    }

    private final Kind kind;
    private final Plan plan;
    private final @Nullable Answer answer;
    private boolean ready;
    private long readyNanos;

    private Exchange(Kind kind, Plan plan, @Nullable Answer answer) {
        this.kind = kind;
        this.plan = plan;
        this.answer = answer;
    }

    /**
     * The exchange that a request begins.
     *
     * @param answer of our own, when the upstream is not to be asked
     */
    static Exchange of(Kind kind, Plan plan, @Nullable Answer answer) {
        if (!plan.isEmpty()) {
            return new Exchange(kind, plan, answer);
        }
        return switch (kind) {
            case USUAL -> PLAIN;
            case HEAD -> PLAIN_HEAD;
            case CONNECT -> PLAIN_CONNECT;
        };
    }

    boolean isHead() {
        return kind == Kind.HEAD;
    }

    boolean isConnect() {
        return kind == Kind.CONNECT;
    }

    /** What is to be done to the response. */
    Plan plan() {
        return plan;
    }

    /** The answer that the upstream was not asked for. */
    @Nullable
    Answer answer() {
        return answer;
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

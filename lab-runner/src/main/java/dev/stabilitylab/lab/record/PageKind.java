package dev.stabilitylab.lab.record;

/** What a user got. */
public enum PageKind {
    /** The whole page. */
    FULL,
    /** A page with a part missing or built with stale permissions, and its header {@code Degraded} said so. */
    DEGRADED,
    /** Status 401 or 403: not for this user. */
    REFUSED,
    /** Any other status than 200. */
    FAILED,
    /** Status 200, but not the page that the contract promises. */
    WRONG_BODY,
    /** No answer within the user's patience. */
    TIMED_OUT,
    /** No connection, or it broke. */
    CONNECTION_ERROR,
    /** Never asked for: the load had as many requests under way as it may. It has no latency. */
    NOT_SENT;

    /** Whether the user got a page to look at. */
    public boolean isAvailable() {
        return this == FULL || this == DEGRADED;
    }
}

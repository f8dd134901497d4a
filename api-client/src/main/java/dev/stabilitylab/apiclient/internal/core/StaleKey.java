package dev.stabilitylab.apiclient.internal.core;

/**
 * Which calls are equal, so that the answer to one may stand in for the answer to another.
 *
 * @param caller the caller's own part
 */
public record StaleKey(String method, String path, String caller) {

    /** Memory that it takes, in bytes, about. */
    int bytes() {
        return 2 * (method.length() + path.length() + caller.length());
    }
}

package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Response;

/** Turns the body of a response with a status of 200 to 299 into a value. */
@FunctionalInterface
public interface ResponseReader<T> {

    /** The value. */
    T read(Response response) throws Unreadable;

    /** The body is not what was asked for. Without a stack trace: it is no surprise. */
    final class Unreadable extends Exception {

        private final String reason;

        /** @param reason completes "a response that cannot be used: …" */
        public Unreadable(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}

package dev.stabilitylab.apiclient;

/** Words for exceptions. */
final class Failures {

    private Failures() {}

    /** The exception's message, or its type when it has none. */
    static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}

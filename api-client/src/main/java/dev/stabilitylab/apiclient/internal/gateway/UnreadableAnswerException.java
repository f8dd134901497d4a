package dev.stabilitylab.apiclient.internal.gateway;

/** An answer is not what was asked for. */
final class UnreadableAnswerException extends Exception {

    private final String reason;

    UnreadableAnswerException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}

package dev.stabilitylab.faultinjector.proxy;

/** A change or a question that cannot be answered as things are. The message is a sentence for the one who asked. */
public final class RefusedException extends RuntimeException {

    private final Reason reason;
    private final String message;

    RefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.message = message;
    }

    RefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** What kind of refusal it is. */
    public Reason reason() {
        return reason;
    }

    /** Why something was refused. */
    public enum Reason {
        /** There is no such thing. */
        NOT_FOUND,
        /** There is one already. */
        CONFLICT,
        /** The operating system would not let us listen there. */
        CANNOT_LISTEN
    }
}

package dev.stabilitylab.faultinjector.proxy;

/** A change or a question that cannot be answered as things are. The message is a sentence for the one who asked. */
public final class RefusedException extends RuntimeException {

    private final Reason reason;
    private final String brief;
    private final String message;

    RefusedException(Reason reason, String brief, String message) {
        super(message);
        this.reason = reason;
        this.brief = brief;
        this.message = message;
    }

    RefusedException(Reason reason, String brief, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.brief = brief;
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The same in Toxiproxy's words, which its clients compare: {@code proxy not found}. */
    public String brief() {
        return brief;
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
        /** It is not an address to which connections may be made. */
        NOT_ALLOWED,
        /** There are as many already as there may be. */
        TOO_MANY,
        /** The operating system would not let us listen there. */
        CANNOT_LISTEN
    }
}

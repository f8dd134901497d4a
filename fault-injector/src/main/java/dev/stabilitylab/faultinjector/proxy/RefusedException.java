package dev.stabilitylab.faultinjector.proxy;

import org.jspecify.annotations.Nullable;

/** A change or a question that cannot be answered as things are. The message is a sentence for the one who asked. */
public final class RefusedException extends RuntimeException {

    private final Reason reason;
    private final String brief;

    RefusedException(Reason reason, String brief, String message) {
        this(reason, brief, message, null);
    }

    RefusedException(Reason reason, String brief, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.brief = brief;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The same in Toxiproxy's words, which its clients compare: {@code proxy not found}. */
    public String brief() {
        return brief;
    }

    public Reason reason() {
        return reason;
    }

    public enum Reason {
        NOT_FOUND,
        CONFLICT,
        /** It is not an address to which connections may be made. */
        NOT_ALLOWED,
        TOO_MANY,
        /** The operating system would not let us listen there. */
        CANNOT_LISTEN
    }
}

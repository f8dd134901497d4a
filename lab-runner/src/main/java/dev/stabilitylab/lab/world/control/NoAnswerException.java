package dev.stabilitylab.lab.world.control;

import org.jspecify.annotations.Nullable;

/** A control call got no usable answer this time; another try may. */
public final class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With a message that is worth repeating to a person when there are no more tries.
     *
     * @param cause null when there was an answer, but not a usable one
     */
    public NoAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.stabilitylab.lab.world;

import org.jspecify.annotations.Nullable;

/** A control call got no usable answer this time; another try may. */
final class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.stabilitylab.lab.world;

import org.jspecify.annotations.Nullable;

/** The world cannot be brought up or does not do as it is told. The message is for people. */
public final class WorldException extends RuntimeException {

    /**
     * With a cause.
     *
     * @param message one or more sentences for people: the culprit, the value, a way out
     */
    public WorldException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Without a cause.
     *
     * @param message one or more sentences for people: the culprit, the value, a way out
     */
    public WorldException(String message) {
        this(message, null);
    }
}

package dev.stabilitylab.faultinjector.toxic;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Counts what a toxic does to a connection; by default nothing. Called on the threads that move bytes, so it must be quick and must not
 * block.
 */
public interface ToxicMeter {

    /** Its name. */
    default String toxic() {
        return "";
    }

    /** The toxic took hold of a connection. */
    default void connectionHit() {}

    /** One more request was hit, with these details by name, which are only asked for hits that are told. */
    default void requestHit(Supplier<Map<String, String>> details) {}

    /** One more chunk of bytes was let go, so many nanoseconds after it had come. */
    default void delayed(long nanos) {}

    /** The toxic cannot act on this connection any more, because of that; told once. */
    default void inert(String reason) {}
}

package dev.stabilitylab.faultinjector;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Ends the process when memory runs out: an event loop that has lost its thread, or a request that nobody answers any more, would
 * leave faults that nobody can take off. {@code -XX:+ExitOnOutOfMemoryError} does the same, but not when Netty runs out of direct
 * memory, and cannot be set in a jar.
 *
 * <p>Netty catches what is thrown on its threads. Whatever it and our handlers catch they log, if only at a level that is off, so the
 * log is where all of it comes by.
 */
final class OutOfMemory extends TurboFilter {

    /** HotSpot's own for {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_STATUS = 3;

    /** Made in advance, while there is memory. */
    private static final byte[] SENTENCE =
            "fault-injector: out of memory; stopped, and all faults with it. Give it more with -Xmx or -XX:MaxDirectMemorySize\n"
                    .getBytes(StandardCharsets.UTF_8);

    private OutOfMemory() {}

    /** From now on the process ends. */
    static void endsTheProcess() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            endIfOutOfMemory(failure);
            LoggerFactory.getLogger(OutOfMemory.class).error("Thread {} ended", thread.getName(), failure);
        });
        OutOfMemory filter = new OutOfMemory();
        filter.start();
        ((LoggerContext) LoggerFactory.getILoggerFactory()).addTurboFilter(filter);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable failure) {
        endIfOutOfMemory(failure);
        if (parameters != null
                && parameters.length > 0
                && parameters[parameters.length - 1] instanceof Throwable last) {
            endIfOutOfMemory(last);
        }
        return FilterReply.NEUTRAL;
    }

    private static void endIfOutOfMemory(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                end();
            }
        }
    }

    private static void end() {
        try {
            new FileOutputStream(FileDescriptor.err).write(SENTENCE);
        } catch (Throwable e) {
            // Not even that was possible; the exit status still tells.
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}

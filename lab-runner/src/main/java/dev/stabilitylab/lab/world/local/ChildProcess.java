package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.world.WorldException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that the lab started. It holds on to the {@link Process}, whose standard input is a pipe that must stay open as
 * long as the lab lives: its end tells the process to stop.
 */
final class ChildProcess {

    private final String name;
    private final Process process;
    private final Path log;
    private final long startedNanos = System.nanoTime();

    ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Throws when the process has ended; the message shows the end of its log. */
    void checkAlive() {
        if (!process.isAlive()) {
            throw new WorldException(obituary());
        }
    }

    /** What is to be said once it has ended. */
    String obituary() {
        return "%s ended with exit status %d. %s".formatted(name, process.exitValue(), LogTail.of(log));
    }

    /** The end of its log, in a sentence. */
    String lastWords() {
        return LogTail.of(log);
    }
}

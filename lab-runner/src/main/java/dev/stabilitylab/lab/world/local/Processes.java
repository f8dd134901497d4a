package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.world.WorldException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Every process that the lab started and that may still run. Once closed it starts no more, so that none slips through. */
final class Processes implements AutoCloseable {

    /** How long the operating system may take to end a process that was killed. */
    private static final Duration KILLED = Duration.ofSeconds(10);

    private final Duration patience;
    private final List<ChildProcess> running = new ArrayList<>();
    private boolean closed;

    /**
     * Starts with none.
     *
     * @param patience how long a process may take to end when asked to, before it is killed
     */
    Processes(Duration patience) {
        this.patience = patience;
    }

    /** Starts a process with a pipe as standard input. Its output, and whatever else it leaves, goes to the log's directory. */
    synchronized ChildProcess start(String name, List<String> command, Path log) {
        if (closed) {
            throw new WorldException("%s is not started: the system is being stopped.".formatted(name));
        }
        try {
            File directory =
                    Files.createDirectories(log.toAbsolutePath().getParent()).toFile();
            Process process = new ProcessBuilder(command)
                    .directory(directory)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ChildProcess child = new ChildProcess(name, process, log);
            running.add(child);
            return child;
        } catch (IOException e) {
            throw new WorldException("%s cannot be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    /**
     * Runs a helper, without any input, to its end. It is killed when it takes too long or this thread is interrupted.
     *
     * @return its exit status
     */
    int run(String name, List<String> command, Path log, Duration limit) {
        ChildProcess child = start(name, command, log);
        Process process = child.process();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                if (!process.waitFor(KILLED.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new WorldException("%s does not end, though it was killed.".formatted(name));
                }
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new WorldException("%s failed: %s".formatted(name, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorldException("%s was interrupted.".formatted(name), e);
        } finally {
            process.destroyForcibly();
            forget(child);
        }
    }

    private synchronized void forget(ChildProcess child) {
        running.remove(child);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Asks all to end, kills those that do not in time, and returns when all have ended. Never throws. */
    @Override
    public void close() {
        List<ChildProcess> leaving = refuseMore();
        leaving.forEach(child -> child.process().destroy());
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        for (ChildProcess child : leaving) {
            interrupted |= !awaitEnd(child, deadline - System.nanoTime());
            child.process().destroyForcibly();
        }
        for (ChildProcess child : leaving) {
            interrupted |= !awaitKilled(child);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<ChildProcess> refuseMore() {
        closed = true;
        return List.copyOf(running);
    }

    /** Returns false when the thread was interrupted while it waited. */
    private static boolean awaitEnd(ChildProcess child, long nanos) {
        try {
            child.process().waitFor(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /**
     * A killed process ends at once, so this is short, and no reason to hurry is a reason to leave one behind. Not {@code onExit()}, whose
     * completion may need a thread of the common pool, and wait there behind what is being stopped.
     *
     * @return false when the thread was interrupted while it waited
     */
    private static boolean awaitKilled(ChildProcess child) {
        long deadline = System.nanoTime() + KILLED.toNanos();
        boolean undisturbed = true;
        while (true) {
            try {
                child.process().waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                return undisturbed;
            } catch (InterruptedException e) {
                undisturbed = false;
            }
        }
    }
}

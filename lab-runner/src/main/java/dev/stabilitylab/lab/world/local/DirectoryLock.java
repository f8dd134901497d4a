package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.world.WorldException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;

/**
 * Keeps two labs from working in one directory. The system frees the lock of a lab that dies.
 *
 * @param directory created when missing
 */
record DirectoryLock(Path directory) {

    private static final long PAUSE_MILLIS = 100;

    /**
     * Waits for the directory, then works in it.
     *
     * @param onWait told once, when there is something to wait for
     * @param givenUp asked again and again while waiting
     */
    void holding(Runnable onWait, BooleanSupplier givenUp, Runnable work) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!tryLock(channel)) {
                onWait.run();
                do {
                    pause(givenUp);
                } while (!tryLock(channel));
            }
            work.run();
        }
    }

    /** The channel's end frees the lock. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void pause(BooleanSupplier givenUp) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorldException("Waiting for another lab was interrupted.", e);
        }
        if (givenUp.getAsBoolean()) {
            throw new WorldException("Waiting for another lab was given up: the system is being stopped.");
        }
    }
}

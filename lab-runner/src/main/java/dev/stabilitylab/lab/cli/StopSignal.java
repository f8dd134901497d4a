package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.world.World;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Ends the world when this process is asked to end, by Ctrl-C or SIGTERM. */
final class StopSignal {

    /** Ctrl-C reaches the services, too: one that ends just before our own shutdown hook runs did not die. */
    private static final long HOOK_MAY_BE_LATE_MILLIS = 500;

    private static final long MESSAGE_MILLIS = 200;

    private final CountDownLatch asked = new CountDownLatch(1);

    private StopSignal() {}

    /**
     * Closes {@code world} at the end of this process, whatever ends it. When that end has come already, at once.
     *
     * @param progress told when that was a signal
     */
    static StopSignal closing(World world, Consumer<String> progress) {
        StopSignal signal = new StopSignal();
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.stop(world, progress), "stop"));
        } catch (IllegalStateException ending) {
            // Asked to end between one world and the next.
            signal.asked.countDown();
            world.close();
        }
        return signal;
    }

    /** Whether the process is being ended; waits a moment to be sure. */
    boolean isNear() throws InterruptedException {
        return asked.await(HOOK_MAY_BE_LATE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** After an end of our own making the world is closed already, and there is nothing to be said. */
    private void stop(World world, Consumer<String> progress) {
        boolean signalled = !world.isClosed();
        if (signalled) {
            asked.countDown();
            say(progress, "Stopping…");
        }
        world.close();
        if (signalled) {
            say(progress, "Stopped.");
        }
    }

    /** Waits no more than a moment: a terminal that is held must not keep the system running. */
    private static void say(Consumer<String> progress, String text) {
        Thread speaker = new Thread(() -> progress.accept(text), "stop-message");
        speaker.setDaemon(true);
        speaker.start();
        try {
            speaker.join(MESSAGE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

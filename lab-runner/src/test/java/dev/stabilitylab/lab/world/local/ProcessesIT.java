package dev.stabilitylab.lab.world.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessesIT {

    /** More than the common pool has workers, and starts in place of blocked ones. */
    private static final int MANY = 300;

    @TempDir
    private Path directory;

    @Test
    void endsAProcessAlsoWhileNoThreadOfTheCommonPoolIsFree() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        for (int i = 0; i < MANY; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                blocked.countDown();
                awaitQuietly(end);
            });
        }
        try {
            assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
            Processes processes = new Processes(Duration.ofSeconds(10));
            ChildProcess child =
                    processes.start("hanging", StandIns.java(Hanging.class, "hang"), directory.resolve("hanging.log"));

            processes.close();

            assertThat(child.process().isAlive()).isFalse();
        } finally {
            end.countDown();
        }
    }

    @Test
    void killsAHelperThatTakesTooLong() {
        Processes processes = new Processes(Duration.ofSeconds(10));

        int status = processes.run(
                "helper",
                StandIns.java(Hanging.class, "hang"),
                directory.resolve("helper.log"),
                Duration.ofMillis(100));

        assertThat(status).isEqualTo(128 + 9);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A process that does nothing. */
    static final class Hanging {

        private Hanging() {}

        public static void main(String[] args) throws InterruptedException {
            TimeUnit.HOURS.sleep(args.length);
        }
    }
}

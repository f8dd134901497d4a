package dev.stabilitylab.lab.world.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.world.WorldException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AttachedTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void doesEveryStepAtTheSameTime() {
        CountDownLatch all = new CountDownLatch(2);
        Runnable meeting = () -> {
            all.countDown();
            awaitQuietly(all);
        };

        assertThat(Attached.allAtOnce(List.of(meeting, meeting), LONG)).isEmpty();
        assertThat(all.getCount()).isZero();
    }

    @Test
    void doesTheOthersWhenOneFails() {
        AtomicBoolean done = new AtomicBoolean();
        Runnable failing = () -> {
            throw new WorldException("auth does not answer");
        };

        assertThat(Attached.allAtOnce(List.of(failing, () -> done.set(true)), LONG))
                .containsExactly("auth does not answer");
        assertThat(done).isTrue();
    }

    @Test
    void doesNotWaitForEverForAStepThatHangs() {
        CountDownLatch never = new CountDownLatch(1);

        assertThat(Attached.allAtOnce(List.of(() -> awaitQuietly(never), () -> {}), Duration.ofMillis(50)))
                .containsExactly("1 of 2 steps took longer than 50 ms");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

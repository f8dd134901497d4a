package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EndingTest {

    private final EmbeddedChannel time = new EmbeddedChannel();
    private final AtomicInteger ends = new AtomicInteger();
    private final Ending ending = new Ending(time.eventLoop(), new Object(), ends::incrementAndGet);

    @BeforeEach
    void stopTheClock() {
        time.freezeTime();
    }

    @Test
    void endsOnceWhenTheTimeIsOverAndNoMomentEarlier() {
        ending.set(new Lifetime(500));

        advance(499);
        int before = ends.get();
        advance(1);
        advance(5000);

        assertThat(before).isZero();
        assertThat(ends).hasValue(1);
        assertThat(ending.remainingMillis()).isEmpty();
    }

    @Test
    void countsFromTheLastTimeThatWasSet() {
        ending.set(new Lifetime(500));
        advance(400);
        ending.set(new Lifetime(500));

        advance(499);
        int before = ends.get();
        advance(1);

        assertThat(before).isZero();
        assertThat(ends).hasValue(1);
    }

    @Test
    void canBeMadeToLast() {
        ending.set(new Lifetime(500));

        ending.set(Lifetime.LASTING);
        advance(Lifetime.MAX_TTL_MILLIS);

        assertThat(ends).hasValue(0);
        assertThat(ending.remainingMillis()).isEmpty();
    }

    @Test
    void canBeCancelled() {
        ending.set(new Lifetime(500));

        ending.cancel();
        advance(500);

        assertThat(ends).hasValue(0);
        assertThat(ending.remainingMillis()).isEmpty();
    }

    @Test
    void tellsTheTimeThatIsLeft() {
        ending.set(new Lifetime(500));

        advance(200);

        assertThat(ending.remainingMillis()).hasValue(300);
    }

    @Test
    void tellsALastMillisecondAndNeverNone() {
        ending.set(new Lifetime(500));

        time.advanceTimeBy(TimeUnit.MILLISECONDS.toNanos(500), TimeUnit.NANOSECONDS);

        assertThat(ending.remainingMillis()).hasValue(1);
    }

    @Test
    @Timeout(60)
    void doesNotEndWhatWasRenewedWhileItWaitedForTheLock() throws Exception {
        EventExecutor changes = new DefaultEventExecutor();
        Object lock = new Object();
        Ending contended = new Ending(changes, lock, ends::incrementAndGet);
        Thread thread = changes.submit(Thread::currentThread).get();

        synchronized (lock) {
            contended.set(new Lifetime(1));
            while (thread.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            contended.set(new Lifetime(Lifetime.MAX_TTL_MILLIS));
        }
        changes.submit(() -> {}).sync();
        changes.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();

        assertThat(ends).hasValue(0);
    }

    private void advance(long millis) {
        time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        time.runScheduledPendingTasks();
    }
}

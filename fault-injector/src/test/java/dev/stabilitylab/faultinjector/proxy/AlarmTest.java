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

class AlarmTest {

    private final EmbeddedChannel time = new EmbeddedChannel();
    private final AtomicInteger calls = new AtomicInteger();
    private final Alarm alarm = new Alarm(time.eventLoop(), new Object(), calls::incrementAndGet);

    @BeforeEach
    void stopTheClock() {
        time.freezeTime();
    }

    @Test
    void reactsOnceWhenTheTimeIsOverAndNoMomentEarlier() {
        alarm.set(500);

        advance(499);
        int before = calls.get();
        advance(1);
        advance(5000);

        assertThat(before).isZero();
        assertThat(calls).hasValue(1);
        assertThat(alarm.remainingMillis()).isEmpty();
    }

    @Test
    void countsFromTheLastTimeThatWasSet() {
        alarm.set(500);
        advance(400);
        alarm.set(500);

        advance(499);
        int before = calls.get();
        advance(1);

        assertThat(before).isZero();
        assertThat(calls).hasValue(1);
    }

    @Test
    void canBeCancelled() {
        alarm.set(500);

        alarm.cancel();
        advance(500);

        assertThat(calls).hasValue(0);
        assertThat(alarm.remainingMillis()).isEmpty();
    }

    @Test
    void tellsTheTimeThatIsLeft() {
        alarm.set(500);

        advance(200);

        assertThat(alarm.remainingMillis()).hasValue(300);
    }

    @Test
    void tellsALastMillisecondAndNeverNone() {
        alarm.set(500);

        time.advanceTimeBy(TimeUnit.MILLISECONDS.toNanos(500), TimeUnit.NANOSECONDS);

        assertThat(alarm.remainingMillis()).hasValue(1);
    }

    @Test
    @Timeout(60)
    void doesNotReactToATimeThatWasRenewedWhileItWaitedForTheLock() throws Exception {
        EventExecutor changes = new DefaultEventExecutor();
        Object lock = new Object();
        Alarm contended = new Alarm(changes, lock, calls::incrementAndGet);
        Thread thread = changes.submit(Thread::currentThread).get();

        synchronized (lock) {
            contended.set(1);
            while (thread.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            contended.set(Lifetime.MAX_MILLIS);
        }
        changes.submit(() -> {}).sync();
        changes.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();

        assertThat(calls).hasValue(0);
    }

    private void advance(long millis) {
        time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        time.runScheduledPendingTasks();
    }
}

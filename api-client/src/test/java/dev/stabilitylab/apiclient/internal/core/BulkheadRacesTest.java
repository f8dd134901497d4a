package dev.stabilitylab.apiclient.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Wait;
import dev.stabilitylab.apiclient.internal.core.Stage.Pass;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Watcher;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One permit, one call that has it and one or two that wait for it. The permit comes before the waiting call gives up, after it, or in the
 * middle: when that call has looked whether it is there yet, and stands before the lock.
 */
@Timeout(30)
class BulkheadRacesTest {

    private static final long LIMIT = 500_000_000;
    private static final Duration ATTEMPT = Duration.ofMillis(100);

    private final Bulkhead bulkhead = Bulkhead.of(
            "upstream", BulkheadConfig.custom().maxConcurrentCalls(1).build());
    private final BulkheadStage stage =
            new BulkheadStage(bulkhead, new Policy.Bulkhead(1, Duration.ofNanos(LIMIT)), ATTEMPT);
    private final List<String> woken = new ArrayList<>();
    private final Pass<String> holder = begin("holder");
    private final Pass<String> waiter = begin("waiter");
    private final Pass<String> next = begin("next");

    @BeforeEach
    void oneHasThePermitAndTheOthersWait() {
        assertThat(holder.enter(0)).isNull();
        assertThat(waiter.enter(0)).isEqualTo(new Wait(LIMIT));
        assertThat(next.enter(0)).isEqualTo(new Wait(LIMIT));
    }

    @Test
    void goesInWhenThePermitComesBeforeTheLimit() {
        leave(holder);

        Action decided = waiter.enter(LIMIT);

        assertThat(decided).isNull();
        assertThat(woken).containsExactly("waiter");
        assertNothingIsLostAfter(waiter);
    }

    @Test
    void turnsBackWhenTheLimitComesBeforeThePermit() {
        Action decided = waiter.enter(LIMIT);

        leave(holder);

        assertThat(decided).isInstanceOf(End.class);
        assertThat(woken).containsExactly("next");
        assertNothingIsLost();
    }

    @Test
    void goesInWhenThePermitComesWhileItGivesUp() {
        @Nullable Action[] decided = {new Wait(0)};

        whileItStandsBeforeTheLock(() -> decided[0] = waiter.enter(LIMIT), () -> leave(holder));

        assertThat(decided[0]).isNull();
        assertThat(woken).containsExactly("waiter");
        assertNothingIsLostAfter(waiter);
    }

    @Test
    void linesUpBehindThoseWhoWaitWhenThePermitComesBack() {
        Pass<String> newcomer = begin("newcomer");
        @Nullable Action[] decided = {null};

        whileItStandsBeforeTheLock(() -> decided[0] = newcomer.enter(0), () -> leave(holder));

        assertThat(decided[0]).isEqualTo(new Wait(LIMIT));
        leave(waiter);
        leave(next);
        assertThat(woken).containsExactly("waiter", "next", "newcomer");
        assertThat(newcomer.enter(LIMIT)).isNull();
        leave(newcomer);
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(1);
    }

    @Test
    void passesThePermitOnWhenItIsAbandonedWithIt() {
        leave(holder);

        waiter.abandon();

        assertThat(woken).containsExactly("waiter", "next");
        assertNothingIsLost();
    }

    @Test
    void leavesTheLineWhenItIsAbandonedBeforeThePermitComes() {
        waiter.abandon();

        leave(holder);

        assertThat(woken).containsExactly("next");
        assertNothingIsLost();
    }

    @Test
    void passesThePermitOnWhenItComesWhileTheCallIsAbandoned() {
        whileItStandsBeforeTheLock(waiter::abandon, () -> leave(holder));

        assertThat(woken).containsExactly("waiter", "next");
        assertNothingIsLost();
    }

    @Test
    void givesNothingBackTwiceWhenTheWakerThrows() {
        Pass<String> first = begin("first");
        Pass<String> broken = begin("broken");
        leave(holder);
        leave(waiter);
        leave(next);
        assertThat(first.enter(0)).isNull();
        assertThat(broken.enter(0)).isInstanceOf(Wait.class);

        assertThat(failureOf(() -> leave(first))).isInstanceOf(AssertionError.class);
        first.abandon();
        broken.abandon();

        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(1);
    }

    /** {@code next} gets the permit, and gives it back. */
    private void assertNothingIsLost() {
        assertThat(next.enter(LIMIT)).isNull();
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isZero();
        leave(next);
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(1);
    }

    private void assertNothingIsLostAfter(Pass<String> pass) {
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isZero();
        leave(pass);
        assertNothingIsLost();
    }

    private void whileItStandsBeforeTheLock(Runnable late, Runnable first) {
        Thread thread = new Thread(late);
        synchronized (stage) {
            thread.start();
            awaitIsBlocked(thread);
            first.run();
        }
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** By a lock that this thread has. */
    private static void awaitIsBlocked(Thread thread) {
        long owner = Thread.currentThread().getId();
        while (!Thread.currentThread().isInterrupted()) {
            ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
            if (info != null && info.getThreadState() == Thread.State.BLOCKED && info.getLockOwnerId() == owner) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("it does not stand before the lock");
    }

    private static void leave(Pass<String> pass) {
        pass.leave(new End<>(new Failed<>(new Failure.Cancelled("upstream"))), LIMIT);
    }

    private static @Nullable Throwable failureOf(Runnable task) {
        try {
            task.run();
            return null;
        } catch (AssertionError thrown) {
            return thrown;
        }
    }

    private Pass<String> begin(String name) {
        Policy policy = new Policy(ATTEMPT, ATTEMPT, Duration.ofSeconds(3), null, null, null, null, null);
        VirtualWorld world = new VirtualWorld(
                0,
                policy,
                call -> {
                    throw new AssertionError("nothing is sent");
                },
                Watcher.NONE,
                new Random(1));
        Runnable waker = () -> {
            woken.add(name);
            if (name.equals("broken")) {
                throw new AssertionError("the waker is broken");
            }
        };
        return stage.begin(
                world.pipeline()
                        .call(new CallFacts<>(true, CallFacts.NO_DEADLINE, Response::text, null, null, waker), 0),
                0);
    }
}

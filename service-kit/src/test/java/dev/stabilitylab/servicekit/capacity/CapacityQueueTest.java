package dev.stabilitylab.servicekit.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.servicekit.faults.Effect;
import dev.stabilitylab.servicekit.problems.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CapacityQueueTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Capacity capacity = new Capacity(
            new CapacityProperties(Duration.ZERO, 1, 2),
            duration -> {},
            () -> Effect.NONE,
            new CapacityMetrics(registry));
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch slotIsFree = new CountDownLatch(1);
    private final List<String> served = new CopyOnWriteArrayList<>();

    private @Nullable Future<?> first;

    @BeforeEach
    void occupyTheSlot() {
        first = start("first", slotIsFree);
        await().until(() -> registry.get(CapacityMetrics.ACTIVE).gauge().value() == 1);
    }

    @AfterEach
    void stop() throws InterruptedException {
        slotIsFree.countDown();
        assertThat(first).succeedsWithin(Duration.ofSeconds(10));
        callers.shutdown();
        assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void servesThoseWhoWaitInTheOrderOfTheirArrival() {
        Future<?> second = enqueue("second", 1);
        Future<?> third = enqueue("third", 2);

        slotIsFree.countDown();

        assertThat(second).succeedsWithin(Duration.ofSeconds(10));
        assertThat(third).succeedsWithin(Duration.ofSeconds(10));
        assertThat(served).containsExactly("first", "second", "third");
        assertThat(queued()).isZero();
    }

    @Test
    void turnsAwayWhoeverFindsTheQueueFull() {
        List<Future<?>> waiting = List.of(enqueue("second", 1), enqueue("third", 2));

        assertThatThrownBy(() -> capacity.serve(() -> "fourth"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("503");

        assertThat(waiting).noneMatch(Future::isDone);
    }

    @Test
    void letsSomeoneWhoIsInterruptedLeaveTheQueue() {
        Future<?> second = enqueue("second", 1);

        second.cancel(true);

        await().until(() -> queued() == 0);
        assertThat(served).isEmpty();
    }

    private Future<?> enqueue(String name, int queueLength) {
        Future<?> request = start(name, new CountDownLatch(0));
        await().until(() -> queued() == queueLength);
        return request;
    }

    private Future<?> start(String name, CountDownLatch until) {
        return callers.submit(() -> capacity.serve(() -> {
            until.await();
            served.add(name);
            return name;
        }));
    }

    private double queued() {
        return registry.get(CapacityMetrics.QUEUED).gauge().value();
    }
}

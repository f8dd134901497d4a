package dev.stabilitylab.apiclient.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PolicySwitchTest {

    private static final Policy FIRST = policy(1);
    private static final Policy SECOND = policy(2);
    private static final Policy THIRD = policy(3);
    private static final Duration TTL = Duration.ofSeconds(90);

    private final HandAlarm alarm = new HandAlarm();
    private final List<InUse> used = new ArrayList<>();
    private final PolicySwitch policies =
            new PolicySwitch("items", FIRST, alarm, (policy, until) -> used.add(new InUse(policy, until)));

    @Test
    void putsTheLastingPolicyInUseAgainWhenTheTimeIsOver() {
        policies.toTemporary(SECOND, TTL);

        alarm.pass(TTL.minusMillis(1));
        List<InUse> before = List.copyOf(used);
        alarm.pass(Duration.ofMillis(1));

        assertThat(before).containsExactly(new InUse(SECOND, Instant.EPOCH.plus(TTL)));
        assertThat(used).containsExactly(before.get(0), new InUse(FIRST, null));
    }

    @Test
    void comesBackToTheLastPolicyThatLasted() {
        policies.toLasting(SECOND);
        policies.toTemporary(THIRD, TTL);

        alarm.pass(TTL);

        assertThat(current()).isEqualTo(new InUse(SECOND, null));
    }

    @Test
    void comesBackToTheLastingPolicyAfterSeveralTemporaryOnes() {
        policies.toTemporary(SECOND, TTL);
        policies.toTemporary(THIRD, TTL);

        alarm.pass(TTL);

        assertThat(current()).isEqualTo(new InUse(FIRST, null));
    }

    @Test
    void countsFromTheLastTemporaryPolicy() {
        policies.toTemporary(SECOND, TTL);
        alarm.pass(TTL.minusSeconds(10));
        policies.toTemporary(THIRD, TTL);

        alarm.pass(TTL.minusSeconds(1));

        assertThat(current()).isEqualTo(new InUse(THIRD, alarm.now().plusSeconds(1)));
    }

    @Test
    void keepsALastingPolicyThatCameMeanwhile() {
        policies.toTemporary(SECOND, TTL);
        policies.toLasting(THIRD);

        alarm.pass(TTL);

        assertThat(used).hasSize(2);
        assertThat(current()).isEqualTo(new InUse(THIRD, null));
    }

    @Test
    void endsATemporaryPolicyBeforeItsTimeAndOnlyOnce() {
        policies.toTemporary(SECOND, TTL);

        policies.endTemporary();
        policies.endTemporary();
        alarm.pass(TTL);

        assertThat(used).hasSize(2);
        assertThat(current()).isEqualTo(new InUse(FIRST, null));
    }

    @Test
    void hasNothingToEndWhereThePolicyLasts() {
        policies.endTemporary();

        assertThat(used).isEmpty();
    }

    @Test
    void cancelsTheTimersOfPoliciesThatAreOver() {
        policies.toTemporary(SECOND, TTL);
        policies.toTemporary(THIRD, TTL);
        policies.endTemporary();

        assertThat(alarm.pending()).isZero();
    }

    @Test
    void ignoresATimerThatWasTooLateToCancel() {
        policies.toTemporary(SECOND, TTL);
        Runnable late = alarm.tasks.get(0).task;
        policies.toTemporary(THIRD, TTL);

        late.run();

        assertThat(current().policy()).isEqualTo(THIRD);
    }

    @Test
    void staysAsItWasWhenAPolicyCannotBePutInUse() {
        PolicySwitch failing = new PolicySwitch("items", FIRST, alarm, (policy, until) -> {
            if (policy.equals(THIRD)) {
                throw new IllegalStateException("defect");
            }
            used.add(new InUse(policy, until));
        });
        failing.toTemporary(SECOND, TTL);

        assertThatThrownBy(() -> failing.toLasting(THIRD)).hasMessage("defect");
        alarm.pass(TTL);

        assertThat(current()).isEqualTo(new InUse(FIRST, null));
    }

    @Test
    @Timeout(60)
    void staysConsistentWhateverHappensAtTheSameTime() throws Exception {
        int threads = 8;
        AtomicInteger names = new AtomicInteger(10);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<?>> pending = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int kind = thread % 4;
            pending.add(executor.submit(() -> {
                for (int i = 0; i < 500; i++) {
                    switch (kind) {
                        case 0 -> policies.toLasting(policy(names.incrementAndGet()));
                        case 1 -> policies.toTemporary(policy(names.incrementAndGet()), TTL);
                        case 2 -> policies.endTemporary();
                        default -> alarm.pass(TTL);
                    }
                }
            }));
        }
        for (Future<?> one : pending) {
            one.get();
        }
        executor.shutdown();
        policies.endTemporary();

        assertComesBackToNothingButTheLastLastingPolicy();
        assertThat(alarm.pending()).isZero();
    }

    private void assertComesBackToNothingButTheLastLastingPolicy() {
        Set<Policy> seen = new HashSet<>(Set.of(FIRST));
        Policy lasting = FIRST;
        boolean temporary = false;
        for (InUse step : used) {
            if (step.until == null && !seen.add(step.policy)) {
                assertThat(temporary).isTrue();
                assertThat(step.policy).isEqualTo(lasting);
            } else if (step.until == null) {
                lasting = step.policy;
            }
            temporary = step.until != null;
        }
        assertThat(temporary).isFalse();
    }

    private InUse current() {
        return used.get(used.size() - 1);
    }

    /** Policies are told apart by their deadline. */
    private static Policy policy(int deadlineSeconds) {
        return new Policy(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(deadlineSeconds),
                null,
                null,
                null,
                null,
                null);
    }

    private record InUse(Policy policy, @Nullable Instant until) {}

    /** Time passes only when told to. */
    private static final class HandAlarm implements Alarm {

        private final List<Pending> tasks = new ArrayList<>();
        private Instant now = Instant.EPOCH;

        @Override
        public synchronized Instant now() {
            return now;
        }

        @Override
        public synchronized Runnable after(Duration time, Runnable task) {
            Pending pending = new Pending(now.plus(time), task);
            tasks.add(pending);
            return () -> cancel(pending);
        }

        private synchronized void cancel(Pending pending) {
            tasks.remove(pending);
        }

        synchronized int pending() {
            return tasks.size();
        }

        /** Does what is due without holding the lock, as a timer's thread would. */
        void pass(Duration time) {
            advance(time).forEach(due -> due.task.run());
        }

        private synchronized List<Pending> advance(Duration time) {
            now = now.plus(time);
            List<Pending> due =
                    tasks.stream().filter(task -> !task.at.isAfter(now)).toList();
            tasks.removeAll(due);
            return due;
        }
    }

    private record Pending(Instant at, Runnable task) {}
}

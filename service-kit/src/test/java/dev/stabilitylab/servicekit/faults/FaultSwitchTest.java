package dev.stabilitylab.servicekit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultSwitchTest {

    private static final Duration TTL = Duration.ofSeconds(20);
    private static final ServiceFault FAILING = new ServiceFault(null, new Errors(1), 1);
    private static final ServiceFault SLOW =
            new ServiceFault(new Slowdown(Duration.ofSeconds(2), Duration.ZERO, 1), null, 1);
    private static final ServiceFault SOMETIMES_FAILING = new ServiceFault(null, new Errors(0.5), 1);
    private static final Effect ERROR = new Effect(Duration.ZERO, true);
    private static final Effect SLOWDOWN = new Effect(Duration.ofSeconds(2), false);

    private final MockClock clock = new MockClock();
    private final FaultSwitch faults = new FaultSwitch("items-service", clock);

    @Test
    void hasNoFaultAtFirst() {
        assertThat(faults.next()).isEqualTo(Effect.NONE);
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void appliesTheFaultUntilItExpires() {
        faults.set(FAILING, TTL);

        clock.add(TTL.minusNanos(1));
        Effect before = faults.next();
        clock.add(Duration.ofNanos(1));

        assertThat(before).isEqualTo(ERROR);
        assertThat(faults.next()).isEqualTo(Effect.NONE);
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void saysWhenTheFaultExpires() {
        Instant now = Instant.ofEpochMilli(clock.wallTime());

        faults.set(FAILING, TTL);
        clock.add(Duration.ofSeconds(3));

        assertThat(faults.active().orElseThrow().expiresAt()).isEqualTo(now.plus(TTL));
    }

    @Test
    void endsEarlyWhenCleared() {
        faults.set(FAILING, TTL);

        faults.clear();
        faults.clear();

        assertThat(faults.next()).isEqualTo(Effect.NONE);
    }

    @Test
    void replacesTheActiveFault() {
        faults.set(FAILING, TTL);
        faults.set(SLOW, TTL);

        assertThat(faults.next()).isEqualTo(SLOWDOWN);
    }

    @Test
    void expiresCountingFromTheLastSet() {
        faults.set(FAILING, TTL);
        clock.add(TTL.minusSeconds(1));
        faults.set(SLOW, TTL);

        clock.add(TTL.minusSeconds(1));

        assertThat(faults.next()).isEqualTo(SLOWDOWN);
    }

    @Test
    void repeatsTheSameEffectsWhenSetAgain() {
        faults.set(SOMETIMES_FAILING, TTL);
        List<Effect> once = next(100);

        faults.set(SOMETIMES_FAILING, TTL);
        List<Effect> again = next(100);

        assertThat(again).isEqualTo(once).contains(ERROR, Effect.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.999S, ttl is 999ms; it must be from 1s to 24h",
        "PT0S, ttl is 0ms; it must be from 1s to 24h",
        "PT-1S, ttl is -1s; it must be from 1s to 24h",
        "PT24H0.000001S, ttl is 86400000001us; it must be from 1s to 24h"
    })
    void refusesATtlOutOfRangeAndKeepsTheActiveFault(Duration ttl, String sentence) {
        faults.set(SLOW, TTL);

        assertThatThrownBy(() -> faults.set(FAILING, ttl))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);

        assertThat(faults.next()).isEqualTo(SLOWDOWN);
    }

    @Test
    @Timeout(60)
    void hitsTheSameNumberOfRequestsUnderAnyInterleaving() throws Exception {
        faults.set(SOMETIMES_FAILING, TTL);
        long expected = next(4_000).stream().filter(Effect::error).count();
        faults.set(SOMETIMES_FAILING, TTL);

        ExecutorService executor = Executors.newFixedThreadPool(4);
        List<Future<List<Effect>>> parts = IntStream.range(0, 4)
                .mapToObj(thread -> executor.submit(() -> next(1_000)))
                .toList();
        long errors = 0;
        for (Future<List<Effect>> part : parts) {
            errors += part.get().stream().filter(Effect::error).count();
        }
        executor.shutdown();

        assertThat(errors).isEqualTo(expected);
    }

    private List<Effect> next(int requests) {
        return Stream.generate(faults::next).limit(requests).toList();
    }
}

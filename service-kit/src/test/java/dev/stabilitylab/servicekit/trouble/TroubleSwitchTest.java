package dev.stabilitylab.servicekit.trouble;

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

class TroubleSwitchTest {

    private static final Duration TTL = Duration.ofSeconds(20);
    private static final Trouble FAILING = new Trouble(null, new Errors(1), 1);
    private static final Trouble SLOW = new Trouble(new Slowdown(Duration.ofSeconds(2), Duration.ZERO, 1), null, 1);
    private static final Trouble SOMETIMES_FAILING = new Trouble(null, new Errors(0.5), 1);
    private static final Effect ERROR = new Effect(Duration.ZERO, true);
    private static final Effect SLOWDOWN = new Effect(Duration.ofSeconds(2), false);

    private final MockClock clock = new MockClock();
    private final TroubleSwitch trouble = new TroubleSwitch("items-service", clock);

    @Test
    void isInNoTroubleAtFirst() {
        assertThat(trouble.next()).isEqualTo(Effect.NONE);
        assertThat(trouble.running()).isEmpty();
    }

    @Test
    void isInTroubleUntilItsTimeIsOver() {
        trouble.begin(FAILING, TTL);

        clock.add(TTL.minusNanos(1));
        Effect before = trouble.next();
        clock.add(Duration.ofNanos(1));

        assertThat(before).isEqualTo(ERROR);
        assertThat(trouble.next()).isEqualTo(Effect.NONE);
        assertThat(trouble.running()).isEmpty();
    }

    @Test
    void tellsWhenItWillBeOver() {
        Instant now = Instant.ofEpochMilli(clock.wallTime());

        trouble.begin(FAILING, TTL);
        clock.add(Duration.ofSeconds(3));

        assertThat(trouble.running().orElseThrow().expiresAt()).isEqualTo(now.plus(TTL));
    }

    @Test
    void endsBeforeItsTimeWhenToldTo() {
        trouble.begin(FAILING, TTL);

        trouble.end();
        trouble.end();

        assertThat(trouble.next()).isEqualTo(Effect.NONE);
    }

    @Test
    void replacesTroubleByOther() {
        trouble.begin(FAILING, TTL);
        trouble.begin(SLOW, TTL);

        assertThat(trouble.next()).isEqualTo(SLOWDOWN);
    }

    @Test
    void countsFromTheLastBeginning() {
        trouble.begin(FAILING, TTL);
        clock.add(TTL.minusSeconds(1));
        trouble.begin(SLOW, TTL);

        clock.add(TTL.minusSeconds(1));

        assertThat(trouble.next()).isEqualTo(SLOWDOWN);
    }

    @Test
    void doesTheSameAgainWhenItBeginsAgain() {
        trouble.begin(SOMETIMES_FAILING, TTL);
        List<Effect> once = next(100);

        trouble.begin(SOMETIMES_FAILING, TTL);
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
    void refusesATimeThatIsTooShortOrTooLongAndStaysAsItWas(Duration ttl, String sentence) {
        trouble.begin(SLOW, TTL);

        assertThatThrownBy(() -> trouble.begin(FAILING, ttl))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);

        assertThat(trouble.next()).isEqualTo(SLOWDOWN);
    }

    @Test
    @Timeout(60)
    void doesTheSameToAsManyRequestsHoweverThreadsTakeTurns() throws Exception {
        trouble.begin(SOMETIMES_FAILING, TTL);
        long expected = next(4_000).stream().filter(Effect::error).count();
        trouble.begin(SOMETIMES_FAILING, TTL);

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
        return Stream.generate(trouble::next).limit(requests).toList();
    }
}

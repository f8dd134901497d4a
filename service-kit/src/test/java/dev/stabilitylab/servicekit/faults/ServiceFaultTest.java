package dev.stabilitylab.servicekit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ServiceFaultTest {

    private static final int REQUESTS = 10_000;
    private static final Duration LATENCY = Duration.ofMillis(7500);
    private static final Duration JITTER = Duration.ofMillis(2500);
    private static final Slowdown SOME_SLOW = new Slowdown(LATENCY, JITTER, 0.3);
    private static final Errors SOME_ERRORS = new Errors(0.2);

    @Test
    void doesTheSameToTheSameRequestsWithTheSameSeed() {
        assertThat(effects(new ServiceFault(SOME_SLOW, SOME_ERRORS, 1)))
                .isEqualTo(effects(new ServiceFault(SOME_SLOW, SOME_ERRORS, 1)))
                .isNotEqualTo(effects(new ServiceFault(SOME_SLOW, SOME_ERRORS, 2)));
    }

    @Test
    void doesNotDependOnTheOrderInWhichRequestsCome() {
        ServiceFault fault = new ServiceFault(SOME_SLOW, SOME_ERRORS, 1);

        Effect last = fault.on("recommendations-service", REQUESTS - 1);

        assertThat(last).isEqualTo(effects(fault).get(REQUESTS - 1));
    }

    @Test
    void doesNotHitTwoServicesWithTheSamePages() {
        ServiceFault fault = new ServiceFault(null, new Errors(0.5), 1);

        long both = LongStream.range(0, REQUESTS)
                .filter(number -> fault.on("recommendations-service", number).error()
                        && fault.on("popularity-service", number).error())
                .count();

        assertThat(both).isCloseTo(REQUESTS / 4L, within(200L));
    }

    @Test
    void slowsTheSameRequestsDownWithErrorsAndWithout() {
        List<Duration> alone = slowdowns(new ServiceFault(SOME_SLOW, null, 1));
        List<Duration> withErrors = slowdowns(new ServiceFault(SOME_SLOW, SOME_ERRORS, 1));

        assertThat(alone).isEqualTo(withErrors);
    }

    @Test
    void hitsItsShareOfTheRequests() {
        List<Effect> effects = effects(new ServiceFault(SOME_SLOW, SOME_ERRORS, 1));

        assertThat(effects.stream().filter(effect -> !effect.slowdown().isZero()))
                .hasSizeBetween(2_800, 3_200);
        assertThat(effects.stream().filter(Effect::error)).hasSizeBetween(1_800, 2_200);
        assertThat(effects.stream()
                        .filter(effect -> effect.error() && !effect.slowdown().isZero()))
                .hasSizeBetween(500, 700);
    }

    @Test
    void hitsEveryRequestWithProbabilityOne() {
        assertThat(effects(new ServiceFault(new Slowdown(LATENCY, Duration.ZERO, 1), new Errors(1), 1)))
                .containsOnly(new Effect(LATENCY, true));
    }

    @Test
    void spreadsTheSlowdownEvenlyAroundTheLatency() {
        List<Duration> slowdowns = slowdowns(new ServiceFault(new Slowdown(LATENCY, JITTER, 1), null, 1));

        assertThat(slowdowns)
                .allSatisfy(slowdown -> assertThat(slowdown).isBetween(LATENCY.minus(JITTER), LATENCY.plus(JITTER)));
        for (int quarter = 0; quarter < 4; quarter++) {
            Duration from =
                    LATENCY.minus(JITTER).plus(JITTER.multipliedBy(quarter).dividedBy(2));
            Duration to = from.plus(JITTER.dividedBy(2));
            assertThat(slowdowns.stream()
                            .filter(slowdown -> slowdown.compareTo(from) >= 0 && slowdown.compareTo(to) < 0))
                    .as("from %s to %s", from, to)
                    .hasSizeBetween(2_350, 2_650);
        }
    }

    @Test
    void neverSpeedsUp() {
        assertThat(slowdowns(new ServiceFault(new Slowdown(JITTER, JITTER, 1), null, 1)))
                .noneMatch(Duration::isNegative);
    }

    @Test
    void isSomething() {
        assertThatThrownBy(() -> new ServiceFault(null, null, 1))
                .hasMessage("slowdown and errors are missing; at least one of them must be there");
    }

    private static List<Duration> slowdowns(ServiceFault fault) {
        return effects(fault).stream().map(Effect::slowdown).toList();
    }

    private static List<Effect> effects(ServiceFault fault) {
        return LongStream.range(0, REQUESTS)
                .mapToObj(number -> fault.on("recommendations-service", number))
                .toList();
    }
}

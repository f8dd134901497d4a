package dev.stabilitylab.faultinjector.toxic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DelayTest {

    private static LongStream draws(Delay delay, int count) {
        SplittableRandom random = new SplittableRandom(7);
        return LongStream.generate(() -> TimeUnit.NANOSECONDS.toMillis(delay.nextNanos(random)))
                .limit(count);
    }

    @Test
    void spreadsOverTheJitterOnBothSides() {
        assertThat(draws(new Delay(100, 20, 0), 2_000).summaryStatistics())
                .satisfies(found -> assertThat(found.getMin()).isEqualTo(80))
                .satisfies(found -> assertThat(found.getMax()).isEqualTo(120))
                .satisfies(found -> assertThat(found.getAverage()).isBetween(99.0, 101.0));
    }

    @Test
    void isNeverBelowZero() {
        assertThat(draws(new Delay(1, 1_000, 0), 100).boxed())
                .allMatch(delay -> delay >= 0)
                .contains(0L);
    }

    /** P(X > x) = P(N > ln(x / median) / sigma); the standard error of a share of 20,000 is at most 0.4 %. */
    @Test
    void isLogNormallyDistributedAroundTheMedian() {
        long[] sorted = draws(new Delay(100, 0, 0.5), 20_000).sorted().toArray();

        assertThat(share(sorted, 100)).isCloseTo(0.5, within(0.015));
        assertThat(share(sorted, (long) (100 * Math.exp(0.5)))).isCloseTo(0.1587, within(0.012));
        assertThat(share(sorted, (long) (100 * Math.exp(1)))).isCloseTo(0.0228, within(0.005));
    }

    private static double share(long[] sorted, long above) {
        return Arrays.stream(sorted).filter(value -> value > above).count() / (double) sorted.length;
    }

    @Test
    void isNeverLongerThanADay() {
        assertThat(draws(new Delay(Attributes.MAX_MILLIS, 0, 4), 100).max()).hasValue(Attributes.MAX_MILLIS);
    }

    @Test
    void refusesJitterAndSigmaTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latency(Map.of("latency", 1, "jitter", 2, "sigma", 0.5)))
                .withMessage("jitter is 2 and sigma is 0.5; only one of them can be above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latency(Map.of("sigma", 5)))
                .withMessage("sigma of latency is 5; it must be a number from 0.0 to 4.0");
    }

    @Test
    void showsSigmaOnlyWhereItIsUsed() {
        assertThat(latency(Map.of("latency", 1)).attributes()).doesNotContainKey("sigma");
        assertThat(latency(Map.of("latency", 1, "sigma", 1)).attributes()).containsEntry("sigma", 1.0);
    }

    private static Toxic latency(Map<String, ?> attributes) {
        return ToxicTypes.find("latency").orElseThrow().create(attributes);
    }
}

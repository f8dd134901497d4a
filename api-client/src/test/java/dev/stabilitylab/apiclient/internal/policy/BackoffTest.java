package dev.stabilitylab.apiclient.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration BASE = Duration.ofMillis(5);
    private static final Duration CAP = Duration.ofSeconds(2);

    @Property
    void doublesUpToTheCapWithoutJitter(@ForAll @IntRange(max = 200) int n) {
        Duration wait = new Backoff(BASE, 2, CAP, Jitter.NONE).before(n, BASE, new Random(1));

        assertThat(wait).isEqualTo(n < 9 ? BASE.multipliedBy(1L << n) : CAP);
    }

    @Property
    void neverWaitsLongerThanTheCap(@ForAll Jitter jitter, @ForAll @IntRange(max = 2000) int n, @ForAll long seed) {
        Duration wait = new Backoff(BASE, 2, CAP, jitter).before(n, CAP, new Random(seed));

        assertThat(wait).isBetween(Duration.ZERO, CAP);
    }

    @Property
    void staysAboveHalfWithEqualJitterAndAboveTheBaseWhenDecorrelated(
            @ForAll @IntRange(max = 20) int n, @ForAll long seed) {
        Duration whole = new Backoff(BASE, 2, CAP, Jitter.NONE).before(n, BASE, new Random(seed));

        Duration equal = new Backoff(BASE, 2, CAP, Jitter.EQUAL).before(n, BASE, new Random(seed));
        Duration decorrelated = new Backoff(BASE, 2, CAP, Jitter.DECORRELATED).before(n, BASE, new Random(seed));

        assertThat(equal).isBetween(whole.dividedBy(2), whole);
        assertThat(decorrelated).isBetween(BASE, BASE.multipliedBy(3));
    }

    @Test
    void staysSpreadOnceTheCapIsReached() {
        Random random = new Random(42);
        Backoff backoff = new Backoff(BASE, 2, CAP, Jitter.FULL);

        // Jittered after capping, the waits of retry 30 fill the whole range up to the cap evenly.
        double[] waits = IntStream.range(0, 10_000)
                .mapToDouble(i -> backoff.before(30, BASE, random).toMillis())
                .toArray();

        assertThat(IntStream.range(0, waits.length)
                        .mapToDouble(i -> waits[i])
                        .average()
                        .orElseThrow())
                .isBetween(960.0, 1040.0);
        assertThat(IntStream.range(0, waits.length).filter(i -> waits[i] > 1990).count())
                .isLessThan(100);
    }

    @Test
    void growsFromTheWaitBeforeWhenDecorrelated() {
        Backoff backoff = new Backoff(BASE, 2, CAP, Jitter.DECORRELATED);
        Random random = new Random(7);

        double average = IntStream.range(0, 10_000)
                .mapToLong(
                        i -> backoff.before(1, Duration.ofMillis(100), random).toNanos())
                .average()
                .orElseThrow();

        // U(5, 300) has the mean 152.5.
        assertThat(average / 1e6).isBetween(150.0, 155.0);
    }
}

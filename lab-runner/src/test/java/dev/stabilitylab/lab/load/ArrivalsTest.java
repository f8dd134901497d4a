package dev.stabilitylab.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stabilitylab.lab.script.LoadSpec.Arrival;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final long START = 5_000_000_000L;

    @Test
    void areEvenlySpacedWhenFixed() {
        Arrivals arrivals = new Arrivals(START, 4, Arrival.FIXED, new SplittableRandom(1));

        assertThat(LongStream.generate(arrivals::next).limit(3))
                .containsExactly(START + 250_000_000, START + 500_000_000, START + 750_000_000);
    }

    @Test
    void doNotDriftWhenTheGapIsNoWholeNumber() {
        Arrivals arrivals = new Arrivals(START, 3, Arrival.FIXED, new SplittableRandom(1));

        long last = LongStream.generate(arrivals::next).limit(3_000_000).reduce(0, (before, next) -> next);

        assertThat(last).isEqualTo(START + 1_000_000_000_000_000L);
    }

    @Test
    void haveExponentialGapsWhenPoisson() {
        Arrivals arrivals = new Arrivals(0, 1000, Arrival.POISSON, new SplittableRandom(42));

        long[] due = LongStream.generate(arrivals::next).limit(100_000).toArray();

        // Of exponential gaps, the mean is the standard deviation, and e^-1 of them are longer than the mean.
        double[] gaps = LongStream.range(1, due.length)
                .mapToDouble(i -> due[(int) i] - due[(int) i - 1])
                .toArray();
        double mean = LongStream.range(0, gaps.length)
                .mapToDouble(i -> gaps[(int) i])
                .average()
                .orElseThrow();
        double longer = LongStream.range(0, gaps.length)
                .filter(i -> gaps[(int) i] > mean)
                .count();
        assertThat(mean).isCloseTo(1e6, within(1e4));
        assertThat(longer / gaps.length).isCloseTo(Math.exp(-1), within(0.01));
    }

    @Test
    void keepTheirGapsInProportionWhenTheRateChanges() {
        Arrivals arrivals = new Arrivals(START, 4, Arrival.FIXED, new SplittableRandom(1));
        arrivals.next();

        long due = arrivals.changeRate(START + 50_000_000, 8);

        assertThat(due).isEqualTo(START + 150_000_000);
        assertThat(LongStream.generate(arrivals::next).limit(2))
                .containsExactly(START + 275_000_000, START + 400_000_000);
    }

    @Test
    void comeAtTheNewRateWhenPoisson() {
        Arrivals arrivals = new Arrivals(0, 10, Arrival.POISSON, new SplittableRandom(42));
        arrivals.next();

        long due = arrivals.changeRate(0, 1000);
        long last = LongStream.generate(arrivals::next).limit(100_000).reduce(due, (before, next) -> next);

        assertThat(last / 100_000.0).isCloseTo(1e6, within(1e4));
    }

    @Test
    void areTheSameForTheSameSeed() {
        Arrivals one = new Arrivals(0, 10, Arrival.POISSON, new SplittableRandom(7));
        Arrivals other = new Arrivals(0, 10, Arrival.POISSON, new SplittableRandom(7));
        Arrivals third = new Arrivals(0, 10, Arrival.POISSON, new SplittableRandom(8));

        long[] due = LongStream.generate(one::next).limit(10).toArray();

        assertThat(LongStream.generate(other::next).limit(10)).containsExactly(box(due));
        assertThat(third.next()).isNotEqualTo(due[0]);
    }

    private static Long[] box(long[] values) {
        return LongStream.of(values).boxed().toArray(Long[]::new);
    }
}

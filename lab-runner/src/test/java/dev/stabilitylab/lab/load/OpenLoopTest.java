package dev.stabilitylab.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.script.LoadSpec.Arrival;
import dev.stabilitylab.lab.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private final ManualTime time = new ManualTime();
    private final FakePages pages = new FakePages(time);
    private final List<Page> sink = new ArrayList<>();

    @Test
    void asksAtItsRateHoweverLongThePagesTake() {
        pages.serviceTime = Duration.ofMinutes(1);
        start();

        time.pass(Duration.ofMillis(300));

        assertThat(pages.due).containsExactly(ms(100), ms(200), ms(300));
        assertThat(pages.users).containsExactly(0L, 1L, 2L);
    }

    @Test
    void countsLatencyFromTheMomentAPageWasDueWhenItIsLateItself() {
        start();

        time.skip(Duration.ofMillis(350));
        time.pass(Duration.ZERO);

        assertThat(pages.due).containsExactly(ms(100), ms(200), ms(300));
        assertThat(sink).extracting(Page::latencyMicros).containsExactly(250_000L, 150_000L, 50_000L);
    }

    @Test
    void keepsItsRhythmAfterAPause() {
        start();
        time.skip(Duration.ofMillis(350));

        time.pass(Duration.ofMillis(100));

        assertThat(pages.due).endsWith(ms(400)).hasSize(4);
    }

    @Test
    void endsWhenNoMorePagesAreWanted() {
        start();
        time.pass(Duration.ofMillis(100));

        pages.closed = true;
        time.pass(Duration.ofSeconds(1));

        assertThat(pages.due).hasSize(1);
    }

    @Test
    void asksAtAnotherRateFromAMomentOn() {
        OpenLoop loop = start();
        time.pass(Duration.ofMillis(250));

        loop.changeRate(Duration.ofMillis(250).toNanos(), 20);
        time.pass(Duration.ofMillis(130));

        // Half a gap was left of the one under way, and it is now half as long.
        assertThat(pages.due).containsExactly(ms(100), ms(200), ms(275), ms(325), ms(375));
        assertThat(pages.users).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void asksLessOftenAtALowerRate() {
        OpenLoop loop = start();
        time.pass(Duration.ofMillis(150));

        loop.changeRate(Duration.ofMillis(150).toNanos(), 1);
        time.pass(Duration.ofSeconds(2));

        assertThat(pages.due).containsExactly(ms(100), ms(650), ms(1650));
    }

    @Test
    void changesTheRateWithoutLosingWhatWasDueWhileItWasLate() {
        OpenLoop loop = start();
        time.skip(Duration.ofMillis(350));

        loop.changeRate(Duration.ofMillis(350).toNanos(), 100);
        time.pass(Duration.ofMillis(10));

        assertThat(pages.due).containsExactly(ms(100), ms(200), ms(300), ms(355));
    }

    private OpenLoop start() {
        Arrivals arrivals = new Arrivals(0, 10, Arrival.FIXED, new SplittableRandom(1));
        Visits visits = VisitsFixture.visits(pages, time, null, sink::add);
        OpenLoop loop = new OpenLoop(visits, time, time.clock(), arrivals);
        loop.start();
        return loop;
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}

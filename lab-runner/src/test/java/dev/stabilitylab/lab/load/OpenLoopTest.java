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

    private void start() {
        Arrivals arrivals = new Arrivals(0, 10, Arrival.FIXED, new SplittableRandom(1));
        new OpenLoop(pages, time, time.clock(), arrivals, sink::add).start();
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}

package dev.stabilitylab.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.script.LoadSpec.Reloads;
import dev.stabilitylab.lab.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    private final ManualTime time = new ManualTime();
    private final FakePages pages = new FakePages(time);
    private final List<Page> sink = new ArrayList<>();
    private @Nullable Reloads reloads;

    @Test
    void asksForTheNextPageAfterTheLastOneAndTheThinkTime() {
        pages.serviceTime = Duration.ofMillis(30);
        start(1, Duration.ofMillis(70));

        time.pass(Duration.ofMillis(300));

        assertThat(pages.due).containsExactly(ms(0), ms(100), ms(200), ms(300));
        assertThat(sink).extracting(Page::latencyMicros).containsExactly(30_000L, 30_000L, 30_000L);
    }

    @Test
    void spreadsItsUsersOverOneThinkTime() {
        start(4, Duration.ofMillis(100));

        time.pass(Duration.ofMillis(99));

        assertThat(pages.users).containsExactly(0L, 1L, 2L, 3L);
        assertThat(pages.due).containsExactly(ms(0), ms(25), ms(50), ms(75));
    }

    @Test
    void asksASlowSystemLess() {
        pages.serviceTime = Duration.ofSeconds(1);
        start(3, Duration.ZERO);

        time.pass(Duration.ofMillis(2500));

        assertThat(pages.due).hasSize(9);
    }

    @Test
    void doesNotRaceWhenPagesComeToNothingAtOnce() {
        pages.kind = PageKind.CONNECTION_ERROR;
        start(1, Duration.ZERO);

        time.pass(Duration.ofMillis(99));

        assertThat(pages.due).containsExactly(ms(0), ms(20), ms(40), ms(60), ms(80));
    }

    @Test
    void thinksAfterTheLastReloadOfAVisit() {
        reloads = new Reloads(1, Duration.ofMillis(100));
        pages.kind = PageKind.DEGRADED;
        start(1, Duration.ofSeconds(1));

        time.pass(Duration.ofSeconds(2));

        assertThat(pages.wishes).extracting(Wish::reloads).containsExactly(0, 1, 0, 1);
        assertThat(pages.due.get(1)).isBetween(ms(50), ms(150));
        assertThat(pages.due.get(2)).isEqualTo(pages.due.get(1).plusSeconds(1));
    }

    @Test
    void endsWhenNoMorePagesAreWanted() {
        pages.serviceTime = Duration.ofMillis(10);
        start(2, Duration.ZERO);
        time.pass(Duration.ofMillis(15));

        pages.closed = true;
        time.pass(Duration.ofSeconds(1));

        assertThat(pages.due).hasSize(4);
        assertThat(sink).hasSize(4);
    }

    private void start(int users, Duration thinkTime) {
        LoadSpec.Closed spec = new LoadSpec.Closed(users, thinkTime, Duration.ofSeconds(10), "Token 0x132");
        Visits visits = VisitsFixture.visits(pages, time, reloads, sink::add);
        new ClosedLoop(visits, time, time.clock(), spec).start();
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}

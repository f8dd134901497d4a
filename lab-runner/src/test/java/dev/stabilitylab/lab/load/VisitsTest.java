package dev.stabilitylab.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.script.LoadSpec.Reloads;
import dev.stabilitylab.lab.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VisitsTest {

    private static final Reloads THRICE = new Reloads(3, Duration.ofMillis(100));

    private final ManualTime time = new ManualTime();
    private final FakePages pages = new FakePages(time);
    private final List<Page> sink = new ArrayList<>();
    private final List<Page> last = new ArrayList<>();

    @Test
    void endWithTheFirstPageThatIsWhole() {
        visit(THRICE);

        time.pass(Duration.ofMinutes(1));

        assertThat(pages.wishes).hasSize(1);
        assertThat(sink).extracting(Page::reload).containsExactly(false);
        assertThat(last).isEqualTo(sink);
    }

    @Test
    void goOnWithReloadsWhileThePageIsNotWhole() {
        pages.kind = PageKind.DEGRADED;
        visit(THRICE);

        time.pass(Duration.ofMinutes(1));

        assertThat(pages.wishes).extracting(Wish::user).containsExactly(7L, 7L, 7L, 7L);
        assertThat(pages.wishes).extracting(Wish::reloads).containsExactly(0, 1, 2, 3);
        assertThat(sink).extracting(Page::reload).containsExactly(false, true, true, true);
        assertThat(last).containsExactly(sink.get(3));
    }

    @Test
    void endAsSoonAsAReloadIsWhole() {
        pages.kind = PageKind.FAILED;
        visit(THRICE);
        time.pass(Duration.ofMillis(10));

        pages.kind = PageKind.FULL;
        time.pass(Duration.ofMinutes(1));

        assertThat(sink).extracting(Page::kind).containsExactly(PageKind.FAILED, PageKind.FULL);
        assertThat(last).containsExactly(sink.get(1));
    }

    @Test
    void countTheLatencyOfAReloadFromItsOwnMoment() {
        pages.kind = PageKind.TIMED_OUT;
        pages.serviceTime = Duration.ofSeconds(1);
        visit(new Reloads(1, Duration.ofMillis(100)));

        time.pass(Duration.ofMinutes(1));

        assertThat(sink).extracting(Page::latencyMicros).containsExactly(1_000_000L, 1_000_000L);
        assertThat(pages.due.get(1)).isBetween(Duration.ofMillis(1050), Duration.ofMillis(1150));
    }

    @Test
    void endWithTheFirstPageWhenNobodyReloads() {
        pages.kind = PageKind.CONNECTION_ERROR;
        visit(null);

        time.pass(Duration.ofMinutes(1));

        assertThat(sink).hasSize(1);
        assertThat(last).isEqualTo(sink);
    }

    @Test
    void areCutOffWhenNoMorePagesAreWanted() {
        pages.kind = PageKind.DEGRADED;
        visit(THRICE);

        pages.closed = true;
        time.pass(Duration.ofMinutes(1));

        assertThat(sink).hasSize(1);
        assertThat(last).isEmpty();
    }

    private void visit(@Nullable Reloads reloads) {
        VisitsFixture.visits(pages, time, reloads, sink::add).begin(7, 0, last::add);
    }
}

package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentPagesTest {

    private final RecentPages recent = new RecentPages();

    @Test
    void countsPagesOfTheLastSecondOnly() {
        recent.add(page(50, PageKind.FULL));
        recent.add(page(990, PageKind.DEGRADED));
        recent.add(page(1010, PageKind.FULL));

        assertThat(recent.available(999_000)).isEqualTo(2);
        assertThat(recent.available(1_020_000)).isEqualTo(2);
        assertThat(recent.available(1_950_000)).isEqualTo(1);
        assertThat(recent.available(9_000_000)).isZero();
    }

    @Test
    void leavesRefusedPagesOutOfTheAvailability() {
        recent.add(page(10, PageKind.FULL));
        recent.add(page(10, PageKind.DEGRADED));
        recent.add(page(10, PageKind.FAILED));
        recent.add(page(10, PageKind.TIMED_OUT));
        recent.add(page(10, PageKind.REFUSED));

        assertThat(recent.availability(20_000)).isEqualTo(0.5);
    }

    @Test
    void hasNoAvailabilityWithoutPages() {
        assertThat(recent.availability(20_000)).isNull();
    }

    @Test
    void leavesOutPagesThatComeMuchTooLate() {
        recent.add(page(2050, PageKind.FULL));
        recent.add(page(1050, PageKind.FULL));

        assertThat(recent.available(2_060_000)).isEqualTo(1);
    }

    private static Page page(long endedMillis, PageKind kind) {
        return new Page(0, endedMillis * 1000, kind, 200);
    }
}

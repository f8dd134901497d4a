package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import org.junit.jupiter.api.Test;

class PageTallyTest {

    private final PageTally tally = new PageTally();

    @Test
    void countsUsersAsTurnedAwayWhoAreToldWhenToComeBack() {
        add(PageKind.FAILED, 503, true);
        add(PageKind.FAILED, 503, true);

        assertThat(tally.turnedAway()).isEqualTo(2);
        assertThat(tally.count(PageKind.FAILED)).isEqualTo(2);
    }

    @Test
    void takesNoOtherAnswerForTurningAway() {
        add(PageKind.FAILED, 503, false);
        add(PageKind.FAILED, 500, true);
        add(PageKind.REFUSED, 429, true);
        add(PageKind.FULL, 200, true);
        add(PageKind.TIMED_OUT, 0, false);
        add(PageKind.NOT_SENT, 0, false);

        assertThat(tally.turnedAway()).isZero();
        assertThat(tally.total()).isEqualTo(6);
    }

    private void add(PageKind kind, int status, boolean retryAfter) {
        tally.add(new Page(0, 10_000, kind, status, (byte) 0, false, retryAfter));
    }
}

package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.script.Claim.BreakerState;
import dev.stabilitylab.lab.verdict.Figure.Known;
import dev.stabilitylab.lab.verdict.Figure.Missing;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BreakerFiguresTest {

    @Test
    void countsFromTheFirstFaultUntilTheLastInstanceOpened() {
        BreakerFigures figures = figures(outage().transition(8100, "homepage-1", "CLOSED", "OPEN")
                .transition(8300, "homepage-2", "CLOSED", "OPEN"));

        assertThat(figures.after(BreakerState.OPEN)).isEqualTo(new Known(300));
    }

    @Test
    void countsABreakerThatWasOpenWhenTheFaultWasAcknowledged() {
        BreakerFigures figures = figures(outage().transition(7995, "homepage-1", "CLOSED", "OPEN")
                .transition(7999, "homepage-2", "CLOSED", "OPEN"));

        assertThat(figures.after(BreakerState.OPEN)).isEqualTo(new Known(0));
    }

    @Test
    void neverOpensWhenOneInstanceDoesNot() {
        BreakerFigures figures = figures(outage().transition(8100, "homepage-1", "CLOSED", "OPEN"));

        assertThat(figures.after(BreakerState.OPEN)).isEqualTo(new Missing("1 of 2 breakers never opened"));
    }

    @Test
    void countsFromTheLastHealUntilAllAreClosedForGood() {
        BreakerFigures figures = figures(outage().transition(8100, "homepage-1", "CLOSED", "OPEN")
                .transition(8300, "homepage-2", "CLOSED", "OPEN")
                .transition(20_100, "homepage-1", "HALF_OPEN", "CLOSED")
                .transition(20_400, "homepage-2", "HALF_OPEN", "CLOSED")
                .transition(21_000, "homepage-1", "CLOSED", "OPEN")
                .transition(23_000, "homepage-1", "OPEN", "HALF_OPEN")
                .transition(23_050, "homepage-1", "HALF_OPEN", "CLOSED"));

        assertThat(figures.after(BreakerState.CLOSED)).isEqualTo(new Known(3050));
        assertThat(figures.endedIn(BreakerState.CLOSED)).isEqualTo(2);
    }

    @Test
    void neverClosesWhenOneInstanceEndsHalfOpen() {
        BreakerFigures figures = figures(outage().transition(8100, "homepage-1", "CLOSED", "OPEN")
                .transition(20_100, "homepage-1", "OPEN", "HALF_OPEN"));

        assertThat(figures.after(BreakerState.CLOSED)).isEqualTo(new Missing("1 of 2 breakers never closed"));
        assertThat(figures.endedIn(BreakerState.CLOSED)).isEqualTo(1);
    }

    @Test
    void ignoresTransitionsAfterTheRecording() {
        BreakerFigures figures = figures(outage().transition(8100, "homepage-1", "CLOSED", "OPEN")
                .transition(36_001, "homepage-1", "OPEN", "CLOSED"));

        assertThat(figures.endedIn(BreakerState.OPEN)).isEqualTo(1);
    }

    @Test
    void isClosedAtOnceWhenItNeverOpened() {
        assertThat(figures(outage()).after(BreakerState.CLOSED)).isEqualTo(new Known(0));
    }

    @Test
    void hasNoTimesWithoutBreakers() {
        BreakerFigures figures = figures(new RecordingBuilder("v", 36_000)
                .sample(0, "homepage-1", Map.of("popularity", "CLOSED"), Map.of())
                .fault(8000)
                .heal(20_000));

        assertThat(figures.count()).isZero();
        assertThat(figures.after(BreakerState.OPEN)).isEqualTo(new Missing("there is no breaker"));
        assertThat(figures.after(BreakerState.CLOSED)).isEqualTo(new Missing("there is no breaker"));
    }

    @Test
    void hasNoTimesWithoutFaultAndHeal() {
        BreakerFigures figures = figures(new RecordingBuilder("v", 36_000).closedBreaker("homepage-1"));

        assertThat(figures.after(BreakerState.OPEN)).isEqualTo(new Missing("nothing was broken"));
        assertThat(figures.after(BreakerState.CLOSED)).isEqualTo(new Missing("nothing was healed"));
    }

    @Test
    void takesAChangeOfTheLoadForNeitherFaultNorHeal() {
        BreakerFigures crowd = figures(
                new RecordingBuilder("v", 36_000).closedBreaker("homepage-1").rate(8000));
        BreakerFigures after = figures(outage().rate(30_000)
                .transition(8100, "homepage-1", "CLOSED", "OPEN")
                .transition(20_500, "homepage-1", "OPEN", "CLOSED"));

        assertThat(crowd.after(BreakerState.OPEN)).isEqualTo(new Missing("nothing was broken"));
        assertThat(crowd.after(BreakerState.CLOSED)).isEqualTo(new Missing("nothing was healed"));
        assertThat(after.after(BreakerState.CLOSED)).isEqualTo(new Known(500));
    }

    private static RecordingBuilder outage() {
        return new RecordingBuilder("v", 36_000)
                .closedBreaker("homepage-1")
                .closedBreaker("homepage-2")
                .fault(8000)
                .heal(20_000);
    }

    private static BreakerFigures figures(RecordingBuilder recording) {
        return new BreakerFigures(recording.build(), Set.of("recommendations"));
    }
}

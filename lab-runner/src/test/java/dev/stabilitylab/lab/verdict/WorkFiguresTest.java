package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.record.Recording.WorkSample;
import dev.stabilitylab.lab.verdict.Figure.Known;
import dev.stabilitylab.lab.verdict.Figure.Missing;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkFiguresTest {

    private static final Duration FROM = Duration.ofSeconds(10);
    private static final Duration TO = Duration.ofSeconds(20);
    private static final Set<String> WATCHED = Set.of("recommendations");

    @Test
    void addsUpTheMeansOfAllHomepages() {
        WorkFigures figures = figures(
                sample(10, "homepage-1", 2, 0, 0),
                sample(15, "homepage-1", 4, 0, 0),
                sample(12, "homepage-2", 10, 0, 0),
                sample(12, "recommendations", 100, 0, 0));

        assertThat(figures.held(FROM, TO, "outage")).isEqualTo(new Known(13));
    }

    @Test
    void looksAtThePhaseOnly() {
        WorkFigures figures = figures(
                sample(9, "homepage-1", 50, 0, 0),
                sample(11, "homepage-1", 3, 0, 0),
                sample(20, "homepage-1", 50, 0, 0));

        assertThat(figures.held(FROM, TO, "outage")).isEqualTo(new Known(3));
    }

    @Test
    void countsTheWatchedUpstreamsOnly() {
        WorkFigures figures = figures(
                sample(11, "recommendations", 7, 0, 0), sample(11, "auth", 5, 0, 0), sample(11, "homepage-1", 9, 0, 0));

        assertThat(figures.inService(FROM, TO, "outage")).isEqualTo(new Known(7));
    }

    @Test
    void tellsTheShareOfTheWorkThatNobodyWaitedFor() {
        WorkFigures figures = figures(
                sample(9, "recommendations", 0, 100, 10),
                sample(15, "recommendations", 0, 103, 15),
                sample(19, "recommendations", 0, 104, 26),
                sample(25, "recommendations", 0, 500, 500));

        assertThat(figures.wasted(FROM, TO, "outage")).isEqualTo(new Known(0.8));
    }

    @Test
    void takesTheFirstLookWhereThereIsNoneBeforeThePhase() {
        WorkFigures figures = figures(sample(12, "recommendations", 0, 1, 0), sample(18, "recommendations", 0, 2, 1));

        assertThat(figures.wasted(FROM, TO, "outage")).isEqualTo(new Known(0.5));
    }

    @Test
    void countsNoWorkBackwardsWhenAServiceWasStartedAgain() {
        WorkFigures figures = figures(sample(9, "recommendations", 0, 100, 50), sample(15, "recommendations", 0, 3, 1));

        assertThat(figures.wasted(FROM, TO, "outage"))
                .isEqualTo(new Missing("the watched upstreams ended no work in outage"));
    }

    @Test
    void doesNotKnowWhatNobodySaid() {
        WorkFigures figures = figures();

        assertThat(figures.held(FROM, TO, "outage"))
                .isEqualTo(new Missing("the homepages did not say how much they work in outage"));
        assertThat(figures.inService(FROM, TO, "outage"))
                .isEqualTo(new Missing("the watched upstreams did not say how much they work in outage"));
        assertThat(figures.wasted(FROM, TO, "outage"))
                .isEqualTo(new Missing("the watched upstreams did not say how much they work in outage"));
    }

    private static WorkFigures figures(WorkSample... samples) {
        return new WorkFigures(List.of(samples), WATCHED);
    }

    private static WorkSample sample(int second, String service, double active, double wanted, double unwanted) {
        return new WorkSample(Duration.ofSeconds(second), service, active, wanted, unwanted);
    }
}

package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.script.Metric;
import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.verdict.Figure.Known;
import dev.stabilitylab.lab.verdict.Figure.Missing;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhaseMeasurementTest {

    private static final Phase OUTAGE = new Phase("outage", Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final Prediction PREDICTION = new Prediction(2, 1, null);

    @Test
    void countsPagesByTheMomentInWhichTheyEnded() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000)
                .page(-1, 10, PageKind.FULL)
                .page(1999, 10, PageKind.FULL)
                .page(2000, 1500, PageKind.FULL)
                .page(3999, 10, PageKind.FULL)
                .page(4000, 10, PageKind.FULL);

        assertThat(figure(recording, Metric.RATE)).isEqualTo(new Known(1));
    }

    @Test
    void ignoresWhatEndedBeforeTheRecordingOrAfterIt() {
        RecordingBuilder recording =
                new RecordingBuilder("v", 1000).page(-1, 10, PageKind.FULL).page(1000, 10, PageKind.FULL);

        Phase whole = new Phase("whole run", Duration.ZERO, Duration.ofSeconds(1));

        assertThat(measure(recording, whole).figure(Metric.RATE)).isEqualTo(new Known(0));
    }

    @Test
    void tellsKindsOfPagesApart() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000)
                .page(2100, 10, PageKind.FULL)
                .page(2200, 10, PageKind.DEGRADED)
                .page(2300, 10, PageKind.DEGRADED)
                .page(2400, 10, PageKind.REFUSED)
                .page(2500, 10, PageKind.FAILED)
                .page(2600, 10, PageKind.WRONG_BODY)
                .page(2700, 10, PageKind.TIMED_OUT)
                .page(2800, 10, PageKind.TIMED_OUT)
                .page(2900, 10, PageKind.TIMED_OUT)
                .page(3000, 10, PageKind.CONNECTION_ERROR)
                .page(3100, 10, PageKind.CONNECTION_ERROR);

        assertThat(figure(recording, Metric.RATE)).isEqualTo(new Known(1.5));
        assertThat(figure(recording, Metric.ASKED)).isEqualTo(new Known(5.5));
        assertThat(figure(recording, Metric.FULL)).isEqualTo(new Known(0.1));
        assertThat(figure(recording, Metric.REFUSED)).isEqualTo(new Known(1 / 11.0));
        assertThat(figure(recording, Metric.AVAILABILITY)).isEqualTo(new Known(0.3));
        assertThat(figure(recording, Metric.DEGRADED)).isEqualTo(new Known(0.2));
        assertThat(figure(recording, Metric.FAILURES)).isEqualTo(new Known(1));
        assertThat(figure(recording, Metric.TIMEOUTS)).isEqualTo(new Known(1.5));
        assertThat(figure(recording, Metric.CONNECTION_ERRORS)).isEqualTo(new Known(1));
    }

    @Test
    void doesNotLetPagesThatWereNeverSentFlatterTheLatency() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000)
                .page(2100, 500, PageKind.FULL)
                .page(2200, 0, PageKind.NOT_SENT)
                .page(2300, 0, PageKind.NOT_SENT)
                .page(2400, 0, PageKind.NOT_SENT);

        PhaseFigures figures = measure(recording, OUTAGE).toFigures();

        assertThat(figures.p50Ms()).isEqualTo(500);
        assertThat(figures.availability()).isEqualTo(0.25);
        assertThat(figure(recording, Metric.MEAN)).isEqualTo(new Known(500));
        assertThat(figure(recording, Metric.ASKED)).isEqualTo(new Known(0.5));
    }

    @Test
    void measuresLatencyFromTheMomentAPageWasDue() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000);
        for (int i = 1; i <= 100; i++) {
            recording.page(3000, i, PageKind.FULL);
        }

        PhaseFigures figures = measure(recording, OUTAGE).toFigures();

        assertThat(figures.p50Ms()).isCloseTo(50, within(0.1));
        assertThat(figures.p99Ms()).isCloseTo(99, within(0.1));
        assertThat(figures.maxMs()).isEqualTo(100);
        assertThat(figure(recording, Metric.MEAN)).isEqualTo(new Known(50.5));
    }

    @Test
    void neverReportsAQuantileAboveTheSlowestPage() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000).page(3000, 59_999, PageKind.TIMED_OUT);

        PhaseFigures figures = measure(recording, OUTAGE).toFigures();

        assertThat(figures.maxMs()).isEqualTo(59_999);
        assertThat(figures.p99Ms()).isEqualTo(59_999);
    }

    @Test
    void measuresOnlyWhatWasRecordedOfAPhase() {
        RecordingBuilder recording = new RecordingBuilder("v", 3000).pages(10, 2000, 3000);

        assertThat(figure(recording, Metric.RATE)).isEqualTo(new Known(10));
    }

    @Test
    void hasNoFiguresOfAPhaseThatWasNotRecorded() {
        RecordingBuilder recording = new RecordingBuilder("v", 1500);

        PhaseFigures figures = measure(recording, OUTAGE).toFigures();

        assertThat(figures).isEqualTo(new PhaseFigures("outage", 0, null, null, null, null, null, null));
        assertThat(figure(recording, Metric.RATE)).isEqualTo(new Missing("outage was not recorded"));
    }

    @Test
    void hasNoSharesAndLatenciesOfNoPages() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000);

        assertThat(figure(recording, Metric.RATE)).isEqualTo(new Known(0));
        assertThat(figure(recording, Metric.AVAILABILITY)).isEqualTo(new Missing("no page ended in outage"));
        assertThat(figure(recording, Metric.P99)).isEqualTo(new Missing("no page ended in outage"));
        assertThat(figure(recording, Metric.FULL)).isEqualTo(new Missing("no page ended in outage"));
        assertThat(figure(recording, Metric.REFUSED)).isEqualTo(new Missing("no page ended in outage"));
        assertThat(figure(recording, Metric.MEAN)).isEqualTo(new Missing("no page ended in outage"));
    }

    @Test
    void saysWhenThereIsNoAvailabilitySinceAllPagesWereRefused() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000).page(3000, 10, PageKind.REFUSED);

        assertThat(figure(recording, Metric.AVAILABILITY)).isEqualTo(new Missing("every page in outage was refused"));
    }

    @Test
    void relatesAttemptsOfAllInstancesToPages() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000)
                .pages(10, 2000, 4000)
                .sample(1900, "homepage-1", Map.of(), Map.of("success", 100L))
                .sample(1950, "homepage-2", Map.of(), Map.of("success", 200L))
                .sample(3900, "homepage-1", Map.of(), Map.of("success", 105L, "connection_failed", 20L))
                .sample(3950, "homepage-2", Map.of(), Map.of("success", 205L, "breaker_open", 50L));

        assertThat(figure(recording, Metric.ATTEMPTS_A_PAGE)).isEqualTo(new Known(3));
        assertThat(figure(recording, Metric.FAILED_ATTEMPTS)).isEqualTo(new Known(10));
    }

    @Test
    void hasNoAttemptsWithoutSamplesOrWithoutPages() {
        RecordingBuilder unsampled = new RecordingBuilder("v", 6000).pages(10, 2000, 4000);
        RecordingBuilder unvisited = new RecordingBuilder("v", 6000)
                .sample(1900, "homepage-1", Map.of(), Map.of())
                .sample(3900, "homepage-1", Map.of(), Map.of());

        assertThat(figure(unsampled, Metric.ATTEMPTS_A_PAGE))
                .isEqualTo(new Missing("the homepages' attempts in outage are not known"));
        assertThat(figure(unsampled, Metric.FAILED_ATTEMPTS))
                .isEqualTo(new Missing("the homepages' attempts in outage are not known"));
        assertThat(figure(unvisited, Metric.ATTEMPTS_A_PAGE)).isEqualTo(new Missing("no page ended in outage"));
        assertThat(figure(unvisited, Metric.FAILED_ATTEMPTS)).isEqualTo(new Known(0));
        assertThat(figure(unsampled, Metric.ATTEMPT_FAILURES))
                .isEqualTo(new Missing("the homepages' attempts in outage are not known"));
        assertThat(figure(unvisited, Metric.ATTEMPT_FAILURES)).isEqualTo(new Missing("no attempt was made in outage"));
        assertThat(figure(unvisited, Metric.ATTEMPTS_A_VISIT))
                .isEqualTo(new Missing("no first request of a visit ended in outage"));
        assertThat(figure(unvisited, Metric.PREDICTED_FULL)).isEqualTo(new Missing("no attempt was made in outage"));
    }

    @Test
    void relatesAttemptsToVisitsOfWhichReloadsArePart() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000)
                .page(2100, 10, PageKind.DEGRADED)
                .page(2200, 10, PageKind.DEGRADED, 0, true)
                .page(2300, 10, PageKind.FULL, 0, true)
                .page(2400, 10, PageKind.FULL)
                .page(2500, 0, PageKind.NOT_SENT)
                .sample(1900, "homepage-1", Map.of(), Map.of())
                .sample(3900, "homepage-1", Map.of(), Map.of("success", 6L, "timed_out", 2L, "breaker_open", 9L));

        assertThat(figure(recording, Metric.ATTEMPTS_A_PAGE)).isEqualTo(new Known(2));
        assertThat(figure(recording, Metric.ATTEMPTS_A_VISIT)).isEqualTo(new Known(4));
        assertThat(figure(recording, Metric.ATTEMPT_FAILURES)).isEqualTo(new Known(0.25));
        // Of three attempts a call and two calls a visit: 1 + 1/4 + 1/16, times 1 + 1/64.
        assertThat(figure(recording, Metric.PREDICTED_ATTEMPTS_A_VISIT)).isEqualTo(new Known(1.3125 * 1.015625));
        assertThat(figure(recording, Metric.PREDICTED_FULL)).isEqualTo(new Known(1 - 1 / 64.0));
    }

    @Test
    void measuresTheShareOfUsersWhoWereTurnedAway() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000)
                .page(2100, 10, PageKind.FULL)
                .page(2200, 10, PageKind.FAILED)
                .page(2300, 0, PageKind.NOT_SENT)
                .turnedAway(2400, 10);

        assertThat(figure(recording, Metric.TURNED_AWAY)).isEqualTo(new Known(0.25));
        assertThat(figure(new RecordingBuilder("v", 6000), Metric.TURNED_AWAY))
                .isEqualTo(new Missing("no page ended in outage"));
    }

    @Test
    void predictsTheRequestsHeldFromWhatEndedAndHowLongItTook() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000)
                .page(2500, 100, PageKind.FULL)
                .page(3000, 300, PageKind.FAILED)
                .page(3500, 500, PageKind.TIMED_OUT)
                .turnedAway(3600, 700)
                .page(3700, 0, PageKind.NOT_SENT);

        // Two pages a second, each there for 400 ms.
        assertThat(figure(recording, Metric.PREDICTED_REQUESTS_HELD)).isEqualTo(new Known(0.8));
        assertThat(figure(new RecordingBuilder("v", 6000), Metric.PREDICTED_REQUESTS_HELD))
                .isEqualTo(new Known(0));
        assertThat(figure(new RecordingBuilder("v", 1500), Metric.PREDICTED_REQUESTS_HELD))
                .isEqualTo(new Missing("outage was not recorded"));
    }

    @Test
    void measuresThePagesOfOneGroup() {
        RecordingBuilder recording = new RecordingBuilder("v", 6000)
                .page(2100, 10, PageKind.FULL)
                .page(2200, 30, PageKind.FULL, 1, false)
                .page(2300, 50, PageKind.DEGRADED, 1, true)
                .page(2400, 10, PageKind.REFUSED, 2, false);

        assertThat(ofGroup(recording, 1, "newcomers").figure(Metric.FULL)).isEqualTo(new Known(0.5));
        assertThat(ofGroup(recording, 1, "newcomers").figure(Metric.MEAN)).isEqualTo(new Known(40));
        assertThat(ofGroup(recording, 1, "newcomers").figure(Metric.ASKED)).isEqualTo(new Known(1));
        assertThat(ofGroup(recording, 2, "strangers").figure(Metric.REFUSED)).isEqualTo(new Known(1));
        assertThat(ofGroup(recording, 2, "strangers").figure(Metric.FULL))
                .isEqualTo(new Missing("every page for strangers in outage was refused"));
        assertThat(ofGroup(recording, 3, "nobody").figure(Metric.FULL))
                .isEqualTo(new Missing("no page for nobody ended in outage"));
    }

    private static PhaseMeasurement ofGroup(RecordingBuilder builder, int group, String name) {
        Recording recording = builder.build();
        return new PhaseMeasurement(
                OUTAGE,
                recording,
                counts(recording),
                new WorkFigures(recording.work(), Set.of("recommendations")),
                PREDICTION,
                group,
                name);
    }

    private static Figure figure(RecordingBuilder recording, Metric metric) {
        return measure(recording, OUTAGE).figure(metric);
    }

    private static PhaseMeasurement measure(RecordingBuilder builder, Phase phase) {
        Recording recording = builder.build();
        return new PhaseMeasurement(
                phase,
                recording,
                counts(recording),
                new WorkFigures(recording.work(), Set.of("recommendations")),
                PREDICTION);
    }

    private static AttemptCounts counts(Recording recording) {
        return new AttemptCounts(recording.samples(), Set.of("recommendations"));
    }
}

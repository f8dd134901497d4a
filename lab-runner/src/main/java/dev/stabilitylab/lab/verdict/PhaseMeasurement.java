package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.script.Metric;
import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What was measured in one phase of a recording. */
final class PhaseMeasurement {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MICRO = 1000;
    private static final double MILLIS_PER_SECOND = 1000;

    private final String phase;
    private final double seconds;
    private final PageTally pages = new PageTally();
    private final OptionalLong attempts;
    private final OptionalLong failedAttempts;
    private final Figure held;
    private final Figure inService;
    private final Figure wasted;
    private final Prediction prediction;
    private final String whose;

    /** Measures as much of the phase as was recorded. */
    PhaseMeasurement(Phase phase, Recording recording, AttemptCounts counts, WorkFigures work, Prediction prediction) {
        this(phase, recording, counts, work, prediction, page -> true, "");
    }

    /** Measures the pages of one group of users; attempts and predictions are those of all. */
    PhaseMeasurement(
            Phase phase,
            Recording recording,
            AttemptCounts counts,
            WorkFigures work,
            Prediction prediction,
            int group,
            String name) {
        this(phase, recording, counts, work, prediction, page -> page.group() == group, " for " + name);
    }

    private PhaseMeasurement(
            Phase phase,
            Recording recording,
            AttemptCounts counts,
            WorkFigures work,
            Prediction prediction,
            Predicate<Page> filter,
            String whose) {
        Duration to = phase.to().compareTo(recording.duration()) < 0 ? phase.to() : recording.duration();
        this.phase = phase.name();
        this.seconds = Math.max(0, to.minus(phase.from()).toNanos() / NANOS_PER_SECOND);
        recording.pages().stream()
                .filter(filter)
                .filter(page ->
                        page.endedMicros() * NANOS_PER_MICRO >= phase.from().toNanos())
                .filter(page -> page.endedMicros() * NANOS_PER_MICRO < to.toNanos())
                .forEach(pages::add);
        this.attempts = counts.sent(phase.from(), to);
        this.failedAttempts = counts.failed(phase.from(), to);
        this.held = work.held(phase.from(), to, phase.name());
        this.inService = work.inService(phase.from(), to, phase.name());
        this.wasted = work.wasted(phase.from(), to, phase.name());
        this.prediction = prediction;
        this.whose = whose;
    }

    Figure figure(Metric metric) {
        return switch (metric) {
            case RATE -> perSecond(pages.available());
            case ASKED -> perSecond(pages.sent());
            case AVAILABILITY -> share(pages.available());
            case DEGRADED -> share(pages.count(PageKind.DEGRADED));
            case FULL -> share(pages.count(PageKind.FULL));
            case REFUSED -> Figure.ratio((double) pages.count(PageKind.REFUSED), (double) pages.total(), noPage());
            case TURNED_AWAY -> Figure.ratio((double) pages.turnedAway(), (double) pages.total(), noPage());
            case MEAN -> ofPages(PageTally::meanMs);
            case P50 -> ofPages(tally -> tally.percentileMs(50));
            case P99 -> ofPages(tally -> tally.percentileMs(99));
            case MAX -> ofPages(PageTally::maxMs);
            case CONNECTION_ERRORS -> perSecond(pages.count(PageKind.CONNECTION_ERROR));
            case TIMEOUTS -> perSecond(pages.count(PageKind.TIMED_OUT));
            case FAILURES -> perSecond(pages.count(PageKind.FAILED, PageKind.WRONG_BODY));
            case ATTEMPTS_A_PAGE ->
                attempts.isPresent()
                        ? Figure.ratio((double) attempts.getAsLong(), (double) pages.sent(), noPage())
                        : unknownAttempts();
            case ATTEMPTS_A_VISIT ->
                attempts.isPresent()
                        ? Figure.ratio((double) attempts.getAsLong(), (double) pages.visits(), noVisit())
                        : unknownAttempts();
            case FAILED_ATTEMPTS ->
                failedAttempts.isPresent() ? perSecond(failedAttempts.getAsLong()) : unknownAttempts();
            case ATTEMPT_FAILURES -> attemptFailures();
            case PREDICTED_ATTEMPTS_A_VISIT -> prediction.attemptsAVisit(attemptFailures());
            case PREDICTED_FULL -> prediction.full(attemptFailures());
            case REQUESTS_HELD -> held;
            case PREDICTED_REQUESTS_HELD -> littlesLaw();
            case REQUESTS_IN_SERVICE -> inService;
            case WASTED_WORK -> wasted;
        };
    }

    /** What is in a system is what comes in a second times how long it stays (J. D. C. Little, Operations Research 9, 1961). */
    private Figure littlesLaw() {
        return perSecond(pages.sent()).map(rate -> pages.sent() == 0 ? 0 : rate * pages.meanMs() / MILLIS_PER_SECOND);
    }

    private Figure attemptFailures() {
        return attempts.isPresent() && failedAttempts.isPresent()
                ? Figure.ratio(
                        (double) failedAttempts.getAsLong(),
                        (double) attempts.getAsLong(),
                        "no attempt was made in %s".formatted(phase))
                : unknownAttempts();
    }

    PhaseFigures toFigures() {
        return new PhaseFigures(
                phase,
                seconds > 0 ? pages.available() / seconds : 0,
                figure(Metric.AVAILABILITY).orNull(),
                figure(Metric.DEGRADED).orNull(),
                figure(Metric.P50).orNull(),
                figure(Metric.P99).orNull(),
                figure(Metric.MAX).orNull(),
                figure(Metric.ATTEMPTS_A_PAGE).orNull());
    }

    private Figure perSecond(long count) {
        return Figure.ratio((double) count, seconds, "%s was not recorded".formatted(phase));
    }

    private Figure share(long count) {
        return pages.total() > 0 && pages.owed() == 0
                ? new Figure.Missing("every page%s in %s was refused".formatted(whose, phase))
                : Figure.ratio((double) count, (double) pages.owed(), noPage());
    }

    private Figure ofPages(ToDoubleFunction<PageTally> figure) {
        return pages.sent() > 0 ? new Figure.Known(figure.applyAsDouble(pages)) : new Figure.Missing(noPage());
    }

    private String noPage() {
        return "no page%s ended in %s".formatted(whose, phase);
    }

    private String noVisit() {
        return "no first request of a visit ended in %s".formatted(phase);
    }

    private Figure unknownAttempts() {
        return new Figure.Missing("the homepages' attempts in %s are not known".formatted(phase));
    }
}

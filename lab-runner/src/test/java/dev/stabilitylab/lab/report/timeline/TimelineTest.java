package dev.stabilitylab.lab.report.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.report.SyntheticRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTest {

    @Test
    void countsPagesInTheSlotInWhichTheyEnded() {
        Recording recording = recording(
                300,
                List.of(page(99_999, 50), page(100_000, 50), page(150_000, 50, PageKind.FAILED), page(300_000, 50)));

        Timeline timeline = Timeline.of(recording);

        assertThat(timeline.slots())
                .extracting(Slot::pages)
                .containsExactly(
                        Map.of(PageKind.FULL, 1),
                        Map.of(PageKind.FULL, 1, PageKind.FAILED, 1),
                        Map.of(PageKind.FULL, 1));
    }

    @Test
    void startsEverySlotOnARoundTenth() {
        Timeline timeline = Timeline.of(recording(1000, List.of()));

        assertThat(timeline.slots())
                .extracting(Slot::startSeconds)
                .containsExactly(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
    }

    @Test
    void endsEverySlotWhereTheNextOneBegins() {
        List<Slot> slots = Timeline.of(recording(1000, List.of())).slots();

        assertThat(slots.subList(0, 9))
                .extracting(Slot::endSeconds)
                .containsExactlyElementsOf(
                        slots.subList(1, 10).stream().map(Slot::startSeconds).toList());
    }

    @Test
    void ignoresPagesOutsideTheRecording() {
        Timeline timeline = Timeline.of(recording(100, List.of(page(-1, 10), page(100_001, 10))));

        assertThat(timeline.slots())
                .singleElement()
                .satisfies(slot -> assertThat(slot.pages()).isEmpty());
    }

    @Test
    void givesARemainderToTheLastSlot() {
        Timeline timeline = Timeline.of(recording(1240, List.of(page(1_230_000, 10))), Duration.ofMillis(500));

        assertThat(timeline.slots()).extracting(Slot::lengthSeconds).containsExactly(0.5, 0.74);
        assertThat(timeline.slots().get(1).answeredRate()).isEqualTo(1 / 0.74);
    }

    @Test
    void saysTheQuantilesOfLatency() {
        List<Page> pages = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> page(50_000, i * 1000L))
                .toList();

        Slot slot = Timeline.of(recording(100, pages)).slots().get(0);

        assertThat(slot.p50Ms()).isCloseTo(50, within(0.1));
        assertThat(slot.p99Ms()).isCloseTo(99, within(0.2));
        assertThat(slot.maxMs()).isEqualTo(100.0);
    }

    @Test
    void hasNoLatencyWithoutPages() {
        Slot slot = Timeline.of(recording(100, List.of())).slots().get(0);

        assertThat(slot.p50Ms()).isNull();
        assertThat(slot.p99Ms()).isNull();
        assertThat(slot.maxMs()).isNull();
        assertThat(slot.answeredRate()).isZero();
    }

    @Test
    void spreadsTheIncreaseOfCountersOverTheTimeBetweenTwoLooks() {
        Recording recording = recording(
                300,
                List.of(),
                List.of(
                        sample(50, "homepage-1", 100, 7),
                        sample(50, "homepage-2", 0, 0),
                        sample(150, "homepage-1", 110, 9),
                        sample(250, "homepage-2", 8, 0)));

        List<Slot> slots = Timeline.of(recording).slots();

        assertThat(slots)
                .extracting(slot -> Math.round(slot.attemptRate("recommendations", "success") * 0.1))
                .containsExactly(7L, 9L, 2L);
        assertThat(slots)
                .extracting(slot -> Math.round(slot.retryRate("recommendations") * 0.1))
                .containsExactly(1L, 1L, 0L);
    }

    @Test
    void countsAnewWhenAnInstanceWasStartedAnew() {
        Recording recording =
                recording(100, List.of(), List.of(sample(0, "homepage-1", 500, 0), sample(100, "homepage-1", 3, 0)));

        Slot slot = Timeline.of(recording).slots().get(0);

        assertThat(slot.attemptRate("recommendations", "success")).isCloseTo(30, within(1e-6));
    }

    @Test
    void followsABreakerThroughItsTransitions() {
        Recording recording = new Recording(
                "v",
                Duration.ofSeconds(3),
                List.of(),
                List.of(new InstanceSample(Duration.ZERO, "homepage-2", Map.of("auth", "CLOSED"), Map.of(), Map.of())),
                List.of(
                        transition(1000, "homepage-10", "CLOSED", "OPEN"),
                        transition(1500, "homepage-10", "OPEN", "HALF_OPEN"),
                        transition(1510, "homepage-10", "HALF_OPEN", "CLOSED"),
                        transition(2000, "homepage-2", "CLOSED", "OPEN")),
                List.of(),
                List.of());

        List<BreakerLane> lanes = Timeline.of(recording).lanes();

        assertThat(lanes).extracting(BreakerLane::instance).containsExactly("homepage-2", "homepage-2", "homepage-10");
        assertThat(lanes.get(0).changes()).isFalse();
        assertThat(lanes.get(2).spans())
                .containsExactly(
                        new BreakerLane.Span(0, 1, "CLOSED"),
                        new BreakerLane.Span(1, 1.5, "OPEN"),
                        new BreakerLane.Span(1.5, 1.51, "HALF_OPEN"),
                        new BreakerLane.Span(1.51, 3, "CLOSED"));
        assertThat(lanes.get(2).stateAt(1.2)).isEqualTo("OPEN");
    }

    @Test
    void putsAMarkIntoItsSlot() {
        Recording recording = new Recording(
                "v",
                Duration.ofMillis(300),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Mark(Duration.ofMillis(100), "recommendations", true, "recommendations down")));

        assertThat(Timeline.of(recording).slots())
                .extracting(Slot::marks)
                .containsExactly(List.of(), List.of("recommendations down"), List.of());
    }

    @Test
    void keepsEveryPageOfARealisticRecording() {
        Recording recording = SyntheticRun.typical().recordings().get(1);

        Timeline timeline = Timeline.of(recording);

        assertThat(timeline.slots()).hasSize(600);
        assertThat(timeline.slots().stream()
                        .flatMap(slot -> slot.pages().values().stream())
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(recording.pages().size());
        assertThat(timeline.lanes()).hasSize(16);
    }

    @Test
    void refusesARecordingWithoutLength() {
        assertThatThrownBy(() -> Timeline.of(recording(0, List.of())))
                .hasMessage("the recording lasts PT0S; it must last longer than 0 s");
    }

    private static Recording recording(long millis, List<Page> pages) {
        return recording(millis, pages, List.of());
    }

    private static Recording recording(long millis, List<Page> pages, List<InstanceSample> samples) {
        return new Recording("v", Duration.ofMillis(millis), pages, samples, List.of(), List.of(), List.of());
    }

    private static Page page(long endedMicros, long latencyMicros) {
        return page(endedMicros, latencyMicros, PageKind.FULL);
    }

    private static Page page(long endedMicros, long latencyMicros, PageKind kind) {
        return new Page(endedMicros - latencyMicros, endedMicros, kind, 200);
    }

    private static InstanceSample sample(long millis, String instance, long successes, long retries) {
        return new InstanceSample(
                Duration.ofMillis(millis),
                instance,
                Map.of(),
                Map.of("recommendations", Map.of("success", successes)),
                Map.of("recommendations", retries));
    }

    private static BreakerTransition transition(long millis, String instance, String from, String to) {
        return new BreakerTransition(Duration.ofMillis(millis), instance, "recommendations", from, to);
    }
}

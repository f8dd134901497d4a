package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.lab.http.RawServer;
import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.record.Recording.WorkSample;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.world.World.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RecorderIT {

    private final RunClock clock = RunClock.startNow();

    @Test
    void samplesEveryInstanceAboutTenTimesASecond() throws Exception {
        try (FakeHomepage one = new FakeHomepage();
                FakeHomepage other = new FakeHomepage()) {
            Recorder recorder = Recorder.watch(
                    List.of(one.instance("homepage-1"), other.instance("homepage-2")),
                    List.of(),
                    clock,
                    RunListener.NONE);
            recorder.startRecording();
            one.attempts.set(7);
            int before = one.polls.get();
            await().until(() -> one.polls.get() >= before + 8 && other.polls.get() >= 8);
            Recording recording = recorder.finish("breaker");

            List<InstanceSample> ofOne = recording.samples().stream()
                    .filter(sample -> sample.instance().equals("homepage-1"))
                    .toList();
            assertThat(ofOne).hasSizeGreaterThanOrEqualTo(7);
            assertThat(recording.duration()).isGreaterThan(Duration.ofMillis(650));
            assertThat(recording.samples()).extracting(InstanceSample::instance).contains("homepage-2");
            assertThat(recording.samples()).isSortedAccordingTo(Comparator.comparing(InstanceSample::at));
            InstanceSample last = ofOne.get(ofOne.size() - 1);
            assertThat(last.breakers()).isEqualTo(Map.of("recommendations", "CLOSED"));
            assertThat(last.attempts()).isEqualTo(Map.of("recommendations", Map.of("success", 7L)));
            assertThat(last.retries()).isEqualTo(Map.of("recommendations", 3L));
            assertThat(recording.work()).extracting(WorkSample::service).contains("homepage-1", "homepage-2");
            assertThat(recording.work()).allSatisfy(sample -> {
                assertThat(sample.active()).isEqualTo(3);
                assertThat(sample.wantedSeconds()).isEqualTo(20);
                assertThat(sample.unwantedSeconds()).isEqualTo(5);
            });
        }
    }

    @Test
    void recordsTransitionsOnceAndOnlyThoseOfTheRecording() throws Exception {
        try (FakeHomepage homepage = new FakeHomepage()) {
            homepage.change(Instant.now().minusSeconds(60), "CLOSED", "OPEN");
            homepage.change(Instant.now().minusSeconds(30), "OPEN", "CLOSED");
            Recorder recorder =
                    Recorder.watch(List.of(homepage.instance("homepage-1")), List.of(), clock, RunListener.NONE);
            await().until(() -> homepage.polls.get() > 1);
            recorder.startRecording();
            int start = homepage.polls.get();
            await().until(() -> homepage.polls.get() > start);
            homepage.change(Instant.now(), "CLOSED", "OPEN");
            int before = homepage.polls.get();
            await().until(() -> homepage.polls.get() >= before + 3);
            // A moment before the end: the last poll of all tells it.
            homepage.change(Instant.now().minusMillis(5), "OPEN", "HALF_OPEN");
            Recording recording = recorder.finish("breaker");

            assertThat(recording.transitions())
                    .extracting(BreakerTransition::from, BreakerTransition::to)
                    .containsExactly(tuple("CLOSED", "OPEN"), tuple("OPEN", "HALF_OPEN"));
            assertThat(recording.transitions())
                    .allSatisfy(
                            transition -> assertThat(transition.at()).isBetween(Duration.ZERO, recording.duration()));
        }
    }

    @Test
    void leavesAGapForAnInstanceThatHangsAndGoesOnWithTheOthers() throws Exception {
        try (RawServer hanging = RawServer.hanging();
                FakeHomepage homepage = new FakeHomepage()) {
            Recorder recorder = Recorder.watch(
                    List.of(new Instance("homepage-1", hanging.uri(), hanging.uri()), homepage.instance("homepage-2")),
                    List.of(),
                    clock,
                    RunListener.NONE);
            recorder.startRecording();
            await().until(() -> homepage.polls.get() >= 15);

            assertThat(recorder.live().breakers()).containsOnlyKeys("homepage-2");
            Recording recording = recorder.finish("breaker");

            assertThat(recording.samples())
                    .extracting(InstanceSample::instance)
                    .containsOnly("homepage-2")
                    .hasSizeGreaterThanOrEqualTo(13);
            // One poll of two requests at a time, and one for its work, each given up after a second.
            assertThat(hanging.sockets()).hasSizeBetween(3, 12);
        }
    }

    @Test
    void leavesAGapWhileAnInstanceAnswersWithAnErrorAndGoesOnAfterwards() throws Exception {
        try (FakeHomepage homepage = new FakeHomepage()) {
            homepage.status = 503;
            Recorder recorder =
                    Recorder.watch(List.of(homepage.instance("homepage-1")), List.of(), clock, RunListener.NONE);
            await().until(() -> homepage.polls.get() >= 3);
            assertThat(recorder.live().breakers()).isEmpty();

            homepage.status = 200;
            await().until(() -> !recorder.live().breakers().isEmpty());

            assertThat(recorder.live().breakers()).isEqualTo(Map.of("homepage-1", Map.of("recommendations", "CLOSED")));
            recorder.close();
        }
    }

    @Test
    void recordsPagesAndMarksInTimeFromTheStart() throws Exception {
        Recorder recorder = Recorder.watch(List.of(), List.of(), clock, RunListener.NONE);
        recorder.accept(new Page(0, clock.nanos() / 1000 - 1, PageKind.FULL, 200));
        recorder.startRecording();
        long now = clock.nanos() / 1000 + 1;
        recorder.accept(new Page(0, now, PageKind.FULL, 200));
        recorder.mark("recommendations", true, "recommendations down");
        recorder.markLoad("40 visits a second");
        LiveView live = recorder.live();
        Recording recording = recorder.finish("bare");

        assertThat(live.pagesPerSecond()).isEqualTo(2);
        assertThat(live.availability()).isEqualTo(1.0);
        assertThat(recording.variant()).isEqualTo("bare");
        assertThat(recording.pages()).singleElement().satisfies(page -> {
            assertThat(page.endedMicros()).isBetween(0L, recording.duration().toNanos() / 1000);
            assertThat(page.latencyMicros()).isEqualTo(now);
        });
        assertThat(recording.marks())
                .extracting(Mark::text, Mark::upstream, Mark::fault, Mark::heal)
                .containsExactly(
                        tuple("recommendations down", "recommendations", true, false),
                        tuple("40 visits a second", null, false, false));
    }

    @Test
    void cannotFinishWhatHasNotStarted() {
        Recorder recorder = Recorder.watch(List.of(), List.of(), clock, RunListener.NONE);

        assertThatIllegalStateException().isThrownBy(() -> recorder.finish("bare"));
    }

    @Test
    void leavesNoThreadsWhenClosed() throws Exception {
        try (FakeHomepage homepage = new FakeHomepage()) {
            Recorder recorder =
                    Recorder.watch(List.of(homepage.instance("homepage-1")), List.of(), clock, RunListener.NONE);
            await().until(() -> homepage.polls.get() >= 1);

            recorder.close();

            // A pool says that it has ended a moment before its last thread has.
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("record-")));
        }
    }
}

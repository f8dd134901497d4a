package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import dev.stabilitylab.lab.record.Recording.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recordings as tests need them: times in milliseconds, one broken upstream called recommendations. */
final class RecordingBuilder {

    private final String variant;
    private final Duration duration;
    private final List<Page> pages = new ArrayList<>();
    private final List<InstanceSample> samples = new ArrayList<>();
    private final List<BreakerTransition> transitions = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    RecordingBuilder(String variant, long durationMs) {
        this.variant = variant;
        this.duration = Duration.ofMillis(durationMs);
    }

    RecordingBuilder page(long endedMs, long latencyMs, PageKind kind) {
        pages.add(new Page((endedMs - latencyMs) * 1000, endedMs * 1000, kind, 200));
        return this;
    }

    /** A page of a user of a group. */
    RecordingBuilder page(long endedMs, long latencyMs, PageKind kind, int group, boolean reload) {
        pages.add(new Page((endedMs - latencyMs) * 1000, endedMs * 1000, kind, 200, (byte) group, reload));
        return this;
    }

    /** A page answered 503, with the time after which to come back. */
    RecordingBuilder turnedAway(long endedMs, long latencyMs) {
        pages.add(new Page((endedMs - latencyMs) * 1000, endedMs * 1000, PageKind.FAILED, 503, (byte) 0, false, true));
        return this;
    }

    /** That many full pages, evenly spread between two moments. */
    RecordingBuilder pages(int count, long fromMs, long toMs) {
        for (int i = 0; i < count; i++) {
            page(fromMs + (toMs - fromMs) * i / count, 10, PageKind.FULL);
        }
        return this;
    }

    RecordingBuilder sample(long atMs, String instance, Map<String, String> breakers, Map<String, Long> attempts) {
        samples.add(new InstanceSample(
                Duration.ofMillis(atMs), instance, breakers, Map.of("recommendations", attempts), Map.of()));
        return this;
    }

    RecordingBuilder closedBreaker(String instance) {
        return sample(0, instance, Map.of("recommendations", "CLOSED"), Map.of());
    }

    RecordingBuilder transition(long atMs, String instance, String from, String to) {
        transitions.add(new BreakerTransition(Duration.ofMillis(atMs), instance, "recommendations", from, to));
        return this;
    }

    RecordingBuilder fault(long atMs) {
        marks.add(new Mark(Duration.ofMillis(atMs), "recommendations", true, "recommendations down"));
        return this;
    }

    RecordingBuilder heal(long atMs) {
        marks.add(new Mark(Duration.ofMillis(atMs), "recommendations", false, "recommendations heals"));
        return this;
    }

    RecordingBuilder rate(long atMs) {
        marks.add(new Mark(Duration.ofMillis(atMs), null, false, "40 visits a second"));
        return this;
    }

    Recording build() {
        return new Recording(variant, duration, pages, samples, transitions, List.of(), marks);
    }
}

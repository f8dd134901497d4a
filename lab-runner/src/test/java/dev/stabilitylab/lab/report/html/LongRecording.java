package dev.stabilitylab.lab.report.html;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An hour in which every slot of every column has something to say. */
final class LongRecording {

    private LongRecording() {}

    static List<Page> pages() {
        PageKind[] kinds = PageKind.values();
        return IntStream.range(0, 36_000)
                .mapToObj(i -> new Page(i * 100_000L - 1000L * (i % 977), i * 100_000L, kinds[i % kinds.length], 200))
                .toList();
    }

    static List<InstanceSample> samples() {
        return IntStream.range(0, 3600)
                .mapToObj(i -> new InstanceSample(
                        Duration.ofSeconds(i),
                        "homepage-1",
                        Map.of(),
                        Map.of("recommendations", Map.of("success", i * 31L, "timed_out", i * 7L)),
                        Map.of("recommendations", i * 5L)))
                .toList();
    }

    static List<BreakerTransition> transitions() {
        return IntStream.range(0, 40_000)
                .mapToObj(i -> new BreakerTransition(
                        Duration.ofMillis(i * 80L),
                        "homepage-" + i % 8,
                        "recommendations",
                        i / 8 % 2 == 0 ? "OPEN" : "HALF_OPEN",
                        i / 8 % 2 == 0 ? "HALF_OPEN" : "OPEN"))
                .toList();
    }
}

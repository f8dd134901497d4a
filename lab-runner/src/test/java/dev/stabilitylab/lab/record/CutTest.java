package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import dev.stabilitylab.lab.record.Recording.Mark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CutTest {

    private static final long START = Duration.ofSeconds(10).toNanos();
    private static final long END = Duration.ofSeconds(15).toNanos();

    @Test
    void putsEverythingInOrderAndInTimeFromTheStart() {
        Recording recording = new Cut(
                        START,
                        END,
                        List.of(page(12_000, 12_500), page(9_000, 11_000)),
                        List.of(sample(14), sample(12)),
                        List.of(transition(14), transition(11)),
                        List.of(),
                        List.of(mark(13), mark(12)))
                .recording("breaker");

        assertThat(recording)
                .isEqualTo(new Recording(
                        "breaker",
                        Duration.ofSeconds(5),
                        List.of(page(-1_000, 1_000), page(2_000, 2_500)),
                        List.of(sample(2), sample(4)),
                        List.of(transition(1), transition(4)),
                        List.of(),
                        List.of(mark(2), mark(3))));
    }

    @Test
    void leavesOutWhatWasBeforeTheStartOrAfterTheEnd() {
        Recording recording = new Cut(
                        START,
                        END,
                        List.of(page(9_000, 9_999), page(9_000, 10_000), page(14_000, 15_000)),
                        List.of(sample(9), sample(15)),
                        List.of(transition(9), transition(15)),
                        List.of(),
                        List.of(mark(9), mark(15)))
                .recording("breaker");

        assertThat(recording.pages()).containsExactly(page(-1_000, 0));
        assertThat(recording.samples()).isEmpty();
        assertThat(recording.transitions()).isEmpty();
        assertThat(recording.marks()).isEmpty();
    }

    private static Page page(long dueMillis, long endedMillis) {
        return new Page(dueMillis * 1000, endedMillis * 1000, PageKind.FULL, 200, (byte) 2, true);
    }

    private static InstanceSample sample(int second) {
        return new InstanceSample(Duration.ofSeconds(second), "homepage-1", Map.of(), Map.of(), Map.of());
    }

    private static BreakerTransition transition(int second) {
        return new BreakerTransition(Duration.ofSeconds(second), "homepage-1", "recommendations", "CLOSED", "OPEN");
    }

    private static Mark mark(int second) {
        return new Mark(Duration.ofSeconds(second), "recommendations", true, "recommendations down");
    }
}

package dev.stabilitylab.lab.report.timeline;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Pages and their latencies by slot. */
final class PageSlots {

    private final List<Content> slots;

    private PageSlots(List<Content> slots) {
        this.slots = slots;
    }

    static PageSlots of(List<Page> pages, Grid grid) {
        List<Content> slots = Stream.generate(Content::new).limit(grid.count()).toList();
        List<List<Page>> bySlot = new ArrayList<>();
        slots.forEach(slot -> bySlot.add(new ArrayList<>()));
        for (Page page : pages) {
            int slot = grid.indexOf(page.endedMicros() / 1e6);
            if (slot != Grid.OUTSIDE) {
                bySlot.get(slot).add(page);
            }
        }
        // One histogram for all, since an empty one already takes some 50 kB.
        Histogram histogram = new Histogram(3);
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).fill(bySlot.get(i), histogram);
        }
        return new PageSlots(slots);
    }

    Map<PageKind, Integer> counts(int slot) {
        return slots.get(slot).counts;
    }

    @Nullable
    Double p50Ms(int slot) {
        return slots.get(slot).p50Ms;
    }

    @Nullable
    Double p99Ms(int slot) {
        return slots.get(slot).p99Ms;
    }

    @Nullable
    Double maxMs(int slot) {
        return slots.get(slot).maxMs;
    }

    private static final class Content {
        private final Map<PageKind, Integer> counts = new EnumMap<>(PageKind.class);
        private @Nullable Double p50Ms;
        private @Nullable Double p99Ms;
        private @Nullable Double maxMs;

        private void fill(List<Page> pages, Histogram histogram) {
            histogram.reset();
            long max = 0;
            for (Page page : pages) {
                counts.merge(page.kind(), 1, Integer::sum);
                if (page.kind() != PageKind.NOT_SENT) {
                    long latency = Math.max(0, page.latencyMicros());
                    histogram.recordValue(latency);
                    max = Math.max(max, latency);
                }
            }
            if (histogram.getTotalCount() == 0) {
                return;
            }
            maxMs = max / 1e3;
            // A histogram's buckets are rounded up; a percentile must not exceed the exact maximum.
            p50Ms = Math.min(max, histogram.getValueAtPercentile(50)) / 1e3;
            p99Ms = Math.min(max, histogram.getValueAtPercentile(99)) / 1e3;
        }
    }
}

package dev.stabilitylab.lab.report.html;

import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.report.palette.Palette;
import dev.stabilitylab.lab.report.timeline.Slot;
import dev.stabilitylab.lab.report.timeline.Timeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A timeline by columns. A column of zeros is left out.
 *
 * @param step length of a slot
 * @param end of the last slot
 * @param pages a second, by kind
 * @param attempts a second, by upstream and outcome
 * @param retries a second, by upstream
 */
record Columns(
        double step,
        double end,
        Map<String, List<@Nullable Number>> pages,
        List<@Nullable Number> p50,
        List<@Nullable Number> p99,
        List<@Nullable Number> max,
        Map<String, Map<String, List<@Nullable Number>>> attempts,
        Map<String, List<@Nullable Number>> retries) {

    static Columns of(Timeline timeline) {
        List<Slot> slots = timeline.slots();
        Map<String, List<@Nullable Number>> pages = new LinkedHashMap<>();
        for (PageKind kind : Palette.pageKinds()) {
            put(pages, Palette.page(kind).key(), Compact.column(slots, slot -> slot.rate(kind)));
        }
        Map<String, Map<String, List<@Nullable Number>>> attempts = new TreeMap<>();
        outcomes(slots).forEach((upstream, outcomes) -> {
            Map<String, List<@Nullable Number>> columns = new TreeMap<>();
            outcomes.forEach(outcome ->
                    put(columns, outcome, Compact.column(slots, slot -> slot.attemptRate(upstream, outcome))));
            attempts.put(upstream, columns);
        });
        Map<String, List<@Nullable Number>> retries = new TreeMap<>();
        outcomes(slots)
                .keySet()
                .forEach(upstream -> put(retries, upstream, Compact.column(slots, slot -> slot.retryRate(upstream))));
        return new Columns(
                slots.get(0).lengthSeconds(),
                slots.get(slots.size() - 1).endSeconds(),
                pages,
                Compact.column(slots, Slot::p50Ms),
                Compact.column(slots, Slot::p99Ms),
                Compact.column(slots, Slot::maxMs),
                attempts,
                retries);
    }

    private static Map<String, TreeSet<String>> outcomes(List<Slot> slots) {
        Map<String, TreeSet<String>> outcomes = new TreeMap<>();
        slots.forEach(slot -> slot.attempts()
                .forEach((upstream, counts) -> outcomes.computeIfAbsent(upstream, key -> new TreeSet<>())
                        .addAll(counts.keySet())));
        return outcomes;
    }

    private static void put(Map<String, List<@Nullable Number>> columns, String key, List<@Nullable Number> column) {
        if (!Compact.isEmpty(column)) {
            columns.put(key, column);
        }
    }
}

package dev.stabilitylab.lab.report;

import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.report.timeline.BreakerLane;
import dev.stabilitylab.lab.report.timeline.Slot;
import dev.stabilitylab.lab.report.timeline.Timeline;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code timeline.csv} by RFC 4180: a row for each slot of each variant. A variant that lacks what another has, such as a
 * breaker, leaves the field empty.
 */
final class TimelineCsv {

    private final List<Column> columns = new ArrayList<>();

    private TimelineCsv(List<Timeline> timelines) {
        add("variant", (timeline, slot) -> timeline.variant());
        add("start_s", (timeline, slot) -> number(slot.startSeconds()));
        add("length_s", (timeline, slot) -> number(slot.lengthSeconds()));
        for (PageKind kind : PageKind.values()) {
            add(
                    kind.name().toLowerCase(Locale.ROOT) + "_pages",
                    (timeline, slot) -> Integer.toString(slot.pages().getOrDefault(kind, 0)));
        }
        add("latency_p50_ms", (timeline, slot) -> number(slot.p50Ms()));
        add("latency_p99_ms", (timeline, slot) -> number(slot.p99Ms()));
        add("latency_max_ms", (timeline, slot) -> number(slot.maxMs()));
        addCounters(timelines);
        addBreakers(timelines);
        add("marks", (timeline, slot) -> String.join("; ", slot.marks()));
    }

    static void write(List<Timeline> timelines, Appendable out) throws IOException {
        TimelineCsv csv = new TimelineCsv(timelines);
        csv.writeRow(csv.columns.stream().map(Column::name).toList(), out);
        for (Timeline timeline : timelines) {
            for (Slot slot : timeline.slots()) {
                csv.writeRow(
                        csv.columns.stream()
                                .map(column -> column.value().apply(timeline, slot))
                                .toList(),
                        out);
            }
        }
    }

    private void addCounters(List<Timeline> timelines) {
        TreeMap<String, TreeSet<String>> outcomes = new TreeMap<>();
        TreeSet<String> retried = new TreeSet<>();
        timelines.stream().flatMap(timeline -> timeline.slots().stream()).forEach(slot -> {
            slot.attempts()
                    .forEach((upstream, counts) -> outcomes.computeIfAbsent(upstream, key -> new TreeSet<>())
                            .addAll(counts.keySet()));
            retried.addAll(slot.retries().keySet());
        });
        outcomes.forEach((upstream, names) -> names.forEach(outcome -> add(
                upstream + "_" + outcome + "_attempts",
                (timeline, slot) -> number(slot.attemptRate(upstream, outcome) * slot.lengthSeconds()))));
        retried.forEach(upstream -> add(
                upstream + "_retries", (timeline, slot) -> number(slot.retryRate(upstream) * slot.lengthSeconds())));
    }

    private void addBreakers(List<Timeline> timelines) {
        timelines.stream()
                .flatMap(timeline -> timeline.lanes().stream())
                .map(lane -> List.of(lane.upstream(), lane.instance()))
                .distinct()
                .forEach(key -> add(
                        key.get(0) + "_" + key.get(1) + "_breaker",
                        (timeline, slot) -> state(timeline, key.get(0), key.get(1), slot)));
    }

    /** The state at the end of the slot, since that is when its other figures are complete. */
    private static String state(Timeline timeline, String upstream, String instance, Slot slot) {
        for (BreakerLane lane : timeline.lanes()) {
            if (lane.upstream().equals(upstream) && lane.instance().equals(instance)) {
                String state = lane.stateAt(slot.endSeconds());
                return state == null ? "" : state;
            }
        }
        return "";
    }

    private void add(String name, BiFunction<Timeline, Slot, String> value) {
        columns.add(new Column(name, value));
    }

    private void writeRow(List<String> fields, Appendable out) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            out.append(i == 0 ? "" : ",").append(quoted(fields.get(i)));
        }
        out.append("\r\n");
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    private static String number(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return "";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private record Column(String name, BiFunction<Timeline, Slot, String> value) {}
}

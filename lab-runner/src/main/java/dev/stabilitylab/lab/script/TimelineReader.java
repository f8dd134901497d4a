package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.TimelineEvent.Heal;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code timeline}. */
final class TimelineReader {

    private final Optional<Duration> end;

    /**
     * With what the events are checked against.
     *
     * @param end of the recording, if that is known
     */
    TimelineReader(Optional<Duration> end) {
        this.end = end;
    }

    List<TimelineEvent> read(Value timeline) {
        List<Value> items = timeline.list().orElse(List.of());
        List<TimelineEvent> events = new ArrayList<>();
        for (Value item : items) {
            event(item).ifPresent(events::add);
        }
        if (events.size() == items.size()) {
            // With an event missing, what is said of the others' order would mislead.
            checkOrder(items, events);
            checkHeals(items, events);
        }
        return List.copyOf(events);
    }

    private Optional<TimelineEvent> event(Value item) {
        Optional<Section> names = item.names();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        boolean heals =
                names.get().get("heal").isPresent() && names.get().get("fault").isEmpty();
        return heals ? heal(names.get()) : inject(names.get());
    }

    private Optional<TimelineEvent> heal(Section section) {
        section.refuseOtherKeysThan(List.of("at", "heal"));
        Optional<Duration> at = at(section);
        Optional<String> upstream = upstream(section, "heal");
        return at.flatMap(time -> upstream.map(name -> new Heal(time, name)));
    }

    private Optional<TimelineEvent> inject(Section section) {
        section.refuseOtherKeysThan(List.of("at", "fault", "upstream", "probability", "latency", "jitter"));
        Optional<Duration> at = at(section);
        Optional<Fault> fault = FaultReader.read(section);
        Optional<String> upstream = upstream(section, "upstream");
        return at.flatMap(time -> fault.flatMap(kind -> upstream.map(name -> new Inject(time, name, kind))));
    }

    private Optional<Duration> at(Section section) {
        return section.require("at")
                .flatMap(value -> value.duration(Duration.ZERO, ScriptReader.MAX_DURATION)
                        .flatMap(time -> end.isPresent() && time.compareTo(end.get()) >= 0
                                ? value.refuse(
                                        "it must be before the end of the recording, " + Durations.text(end.get()))
                                : Optional.of(time)));
    }

    private static Optional<String> upstream(Section section, String key) {
        return section.require(key).flatMap(value -> value.text().filter(name -> Upstreams.isKnown(value, name)));
    }

    private static void checkOrder(List<Value> items, List<TimelineEvent> events) {
        for (int i = 1; i < events.size(); i++) {
            Duration earlier = events.get(i - 1).at();
            if (events.get(i).at().compareTo(earlier) < 0) {
                note(
                        items.get(i),
                        "is at %s; it must not be earlier than the event before it, at %s"
                                .formatted(Durations.text(events.get(i).at()), Durations.text(earlier)));
            }
        }
    }

    private static void checkHeals(List<Value> items, List<TimelineEvent> events) {
        Set<String> broken = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            TimelineEvent event = events.get(i);
            if (event instanceof Inject) {
                broken.add(event.upstream());
            } else if (!broken.remove(event.upstream())) {
                note(items.get(i), "heals %s, which no fault before it has broken".formatted(event.upstream()));
            }
        }
    }

    private static void note(Value item, String predicate) {
        item.problems().add(item.line(), item.path() + " " + predicate);
    }
}

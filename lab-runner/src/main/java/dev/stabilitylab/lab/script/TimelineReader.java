package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.TimelineEvent.Heal;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.script.TimelineEvent.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the section {@code timeline}. */
final class TimelineReader {

    private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?/s");

    private final Optional<Duration> end;
    private final List<String> closedLoads;

    /**
     * With what the events are checked against.
     *
     * @param end of the recording, if that is known
     * @param closedLoads where loads stand that have no rate
     */
    TimelineReader(Optional<Duration> end, List<String> closedLoads) {
        this.end = end;
        this.closedLoads = closedLoads;
    }

    /** Whether a timeline has anything but changes of the rate. An event that is wrong in itself counts as a fault. */
    static boolean breaksSomething(Value timeline) {
        return timeline.list().orElse(List.of()).stream()
                .anyMatch(item -> item.names().filter(TimelineReader::isRate).isEmpty());
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
        if (heals) {
            return heal(names.get());
        }
        return isRate(names.get()) ? rate(item, names.get()) : inject(names.get());
    }

    private static boolean isRate(Section section) {
        return section.get("rate").isPresent()
                && section.get("fault").isEmpty()
                && section.get("heal").isEmpty();
    }

    private Optional<TimelineEvent> rate(Value item, Section section) {
        section.refuseOtherKeysThan(List.of("at", "rate"));
        closedLoads.forEach(
                load -> note(item, "sets a rate, but %s is closed; only an open load has one".formatted(load)));
        Optional<Duration> at = at(section);
        Optional<Double> rate = section.require("rate").flatMap(TimelineReader::perSecond);
        return at.flatMap(time -> rate.map(perSecond -> new Rate(time, perSecond)));
    }

    private static Optional<Double> perSecond(Value value) {
        String wanted = "it must be a rate above 0/s and up to %d/s, such as 40/s".formatted(LoadReader.MAX_RATE);
        return value.scalar().flatMap(text -> {
            Matcher matcher = RATE.matcher(text);
            Optional<Double> rate =
                    matcher.matches() ? Optional.of(Double.parseDouble(matcher.group(1))) : Optional.empty();
            return rate.filter(perSecond -> perSecond > 0 && perSecond <= LoadReader.MAX_RATE)
                    .or(() -> value.refuse(wanted));
        });
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
            if (event instanceof Inject inject) {
                broken.add(inject.upstream());
            } else if (event instanceof Heal heal && !broken.remove(heal.upstream())) {
                note(items.get(i), "heals %s, which no fault before it has broken".formatted(heal.upstream()));
            }
        }
    }

    private static void note(Value item, String predicate) {
        item.problems().add(item.line(), item.path() + " " + predicate);
    }
}

package dev.stabilitylab.faultinjector.control;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.schedule.Action;
import dev.stabilitylab.faultinjector.schedule.Action.AddToxic;
import dev.stabilitylab.faultinjector.schedule.Action.RemoveToxic;
import dev.stabilitylab.faultinjector.schedule.Action.Reset;
import dev.stabilitylab.faultinjector.schedule.Action.SetEnabled;
import dev.stabilitylab.faultinjector.schedule.Progress;
import dev.stabilitylab.faultinjector.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A schedule as the control API takes and shows it. */
record ScheduleBody(@Nullable JsonNode events, @Nullable Long keepalive) {

    private static final int MAX_EVENTS = 1000;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    /** 0 for a schedule that needs nobody. */
    long keepaliveMillis() {
        return requireNonNullElse(keepalive, 0L);
    }

    /**
     * Reads all events.
     *
     * @param proxies the names of those that there are
     * @throws IllegalArgumentException when one is anything else; the message tells which, counted from 1
     */
    List<Schedule.Event> events(Set<String> proxies) {
        if (events == null || events.isNull()) {
            throw ApiException.missing("events");
        }
        if (!events.isArray() || events.isEmpty() || events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException("events is %s; it must be an array of 1 to %d events"
                    .formatted(events.isArray() ? "an array of " + events.size() : Json.brief(events), MAX_EVENTS));
        }
        return Json.each("event", events, entry -> EventBody.read(entry, proxies));
    }

    /** What {@code GET /schedule} answers. */
    static Map<String, Object> show(Schedule schedule) {
        List<Progress> progress = schedule.progress();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("state", schedule.state());
        shown.put("elapsed", schedule.elapsedMillis());
        if (schedule.keepaliveMillis() > 0) {
            shown.put("keepalive", schedule.keepaliveMillis());
        }
        shown.put(
                "events",
                IntStream.range(0, progress.size())
                        .mapToObj(i -> show(schedule.events().get(i), progress.get(i)))
                        .toList());
        return shown;
    }

    /** With {@code lateness}, in milliseconds down to a thousandth, and {@code error} only where there is one. */
    private static Map<String, Object> show(Schedule.Event event, Progress progress) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("at", event.atMillis());
        if (event.action() instanceof SetEnabled change) {
            shown.put("proxy", change.proxy());
            shown.put("enabled", change.enabled());
            if (change.outage().delayMillis() > 0) {
                shown.put("delay", change.outage().delayMillis());
            }
            if (change.outage().ttlMillis() > 0) {
                shown.put("ttl", change.outage().ttlMillis());
            }
        } else if (event.action() instanceof AddToxic addition) {
            shown.put("proxy", addition.proxy());
            shown.put("toxic", ToxicBody.of(addition.toxic(), addition.lifetime()));
        } else if (event.action() instanceof RemoveToxic removal) {
            shown.put("proxy", removal.proxy());
            shown.put("remove", removal.toxic());
        } else {
            shown.put("reset", true);
        }
        shown.put("state", progress.state().label());
        progress.latenessNanos()
                .ifPresent(nanos -> shown.put("lateness", Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI));
        progress.error().ifPresent(error -> shown.put("error", error));
        return shown;
    }

    private record EventBody(
            @Nullable Long at,
            @Nullable String proxy,
            @Nullable Boolean enabled,
            @Nullable Long delay,
            @Nullable Long ttl,
            @Nullable JsonNode toxic,
            @Nullable String remove,
            @Nullable Boolean reset) {

        /** The fields that say what is to be done, and those that go with each. */
        private static final Map<String, Set<String>> ACTIONS = Map.of(
                "enabled", Set.of("at", "proxy", "enabled", "delay", "ttl"),
                "toxic", Set.of("at", "proxy", "toxic"),
                "remove", Set.of("at", "proxy", "remove"),
                "reset", Set.of("at", "reset"));

        static Schedule.Event read(JsonNode entry, Set<String> proxies) {
            EventBody body = Json.STRICT.read(entry, EventBody.class);
            Set<String> fields = entry.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .map(field -> field.getKey().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> actions = new TreeSet<>(fields);
            actions.retainAll(ACTIONS.keySet());
            if (actions.size() != 1) {
                throw new IllegalArgumentException("it has %s; it must have exactly one of %s"
                        .formatted(
                                actions.isEmpty() ? "nothing to do" : String.join(" and ", actions),
                                String.join(", ", new TreeSet<>(ACTIONS.keySet()))));
            }
            Set<String> possible =
                    Objects.requireNonNull(ACTIONS.get(actions.iterator().next()));
            fields.removeAll(possible);
            if (!fields.isEmpty()) {
                throw new IllegalArgumentException(
                        Json.noField(fields.iterator().next(), possible));
            }
            if (body.at == null) {
                throw ApiException.missing("at");
            }
            return new Schedule.Event(body.at, body.action(proxies));
        }

        private Action action(Set<String> proxies) {
            if (reset != null) {
                if (!reset) {
                    throw new IllegalArgumentException("reset is false; it must be true");
                }
                return new Reset();
            }
            String name = ApiException.required("proxy", proxy);
            if (!proxies.contains(name)) {
                throw new IllegalArgumentException("there is no proxy %s; there are %s"
                        .formatted(name, String.join(", ", new TreeSet<>(proxies))));
            }
            if (enabled != null) {
                return new SetEnabled(
                        name, enabled, new Lifetime(requireNonNullElse(delay, 0L), requireNonNullElse(ttl, 0L)));
            }
            if (toxic != null && !toxic.isNull()) {
                ToxicBody added = Json.STRICT.read(toxic, ToxicBody.class);
                return new AddToxic(name, added.toxic(unused -> {}), added.lifetime());
            }
            return new RemoveToxic(name, ApiException.required("remove", remove));
        }
    }
}

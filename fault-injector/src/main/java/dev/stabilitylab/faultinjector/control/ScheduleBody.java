package dev.stabilitylab.faultinjector.control;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.schedule.Action;
import dev.stabilitylab.faultinjector.schedule.Progress;
import dev.stabilitylab.faultinjector.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A schedule as the control API takes it. */
record ScheduleBody(@Nullable JsonNode events, @Nullable Long keepalive) {

    private static final int MAX_EVENTS = 1000;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    /** 0 for a schedule that needs nobody. */
    long keepaliveMillis() {
        return requireNonNullElse(keepalive, 0L);
    }

    /** @param proxies the names of those that there are */
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
    static State state(Schedule schedule) {
        List<ObjectNode> events =
                schedule.progress().stream().map(ScheduleBody::show).toList();
        return new State(schedule.state(), schedule.elapsedMillis(), Json.orNull(schedule.keepaliveMillis()), events);
    }

    /** As it was given, with how far it has come; {@code lateness} is in milliseconds down to a thousandth. */
    private static ObjectNode show(Progress progress) {
        ObjectNode shown = (ObjectNode) Json.tree(progress.event().source());
        shown.put("state", progress.state().label());
        progress.latenessNanos()
                .ifPresent(nanos -> shown.put("lateness", Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI));
        progress.error().ifPresent(error -> shown.put("error", error));
        return shown;
    }

    record State(String state, long elapsed, @Nullable Long keepalive, List<ObjectNode> events) {}

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
            Set<String> possible = requireNonNull(ACTIONS.get(actions.iterator().next()));
            fields.removeAll(possible);
            if (!fields.isEmpty()) {
                throw new IllegalArgumentException(
                        Json.noField(fields.iterator().next(), possible));
            }
            if (body.at == null) {
                throw ApiException.missing("at");
            }
            return body.event(body.at, proxies);
        }

        private Schedule.Event event(long atMillis, Set<String> proxies) {
            Map<String, @Nullable Object> source = new LinkedHashMap<>();
            source.put("at", atMillis);
            if (reset != null) {
                if (!reset) {
                    throw new IllegalArgumentException("reset is false; it must be true");
                }
                source.put("reset", true);
                return new Schedule.Event(atMillis, Action.reset(), source);
            }
            String name = ApiException.required("proxy", proxy);
            if (!proxies.contains(name)) {
                throw new IllegalArgumentException("there is no proxy %s; there are %s"
                        .formatted(name, String.join(", ", new TreeSet<>(proxies))));
            }
            source.put("proxy", name);
            if (enabled != null) {
                Lifetime outage = Json.lifetime(delay, ttl);
                source.put("enabled", enabled);
                source.put("delay", Json.orNull(outage.delayMillis()));
                source.put("ttl", Json.orNull(outage.ttlMillis()));
                return new Schedule.Event(atMillis, Action.setEnabled(name, enabled, outage), source);
            }
            if (toxic != null && !toxic.isNull()) {
                ToxicBody body = Json.STRICT.read(toxic, ToxicBody.class);
                AppliedToxic added = body.toxic(unused -> {});
                source.put("toxic", ToxicBody.of(added, body.lifetime()));
                return new Schedule.Event(atMillis, Action.addToxic(name, added, body.lifetime()), source);
            }
            String removed = ApiException.required("remove", remove);
            source.put("remove", removed);
            return new Schedule.Event(atMillis, Action.removeToxic(name, removed), source);
        }
    }
}

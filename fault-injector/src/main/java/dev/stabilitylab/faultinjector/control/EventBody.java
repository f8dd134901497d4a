package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.stabilitylab.faultinjector.schedule.Action;
import dev.stabilitylab.faultinjector.schedule.Action.AddToxic;
import dev.stabilitylab.faultinjector.schedule.Action.RemoveToxic;
import dev.stabilitylab.faultinjector.schedule.Action.Reset;
import dev.stabilitylab.faultinjector.schedule.Action.SetEnabled;
import dev.stabilitylab.faultinjector.schedule.Event;
import dev.stabilitylab.faultinjector.schedule.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An event of a schedule as the control API takes and shows it. */
record EventBody(
        @JsonDeserialize(using = Millis.FromZero.class) @Nullable
        Long at,

        @Nullable String proxy,
        @Nullable Boolean enabled,

        @JsonDeserialize(using = Millis.FromZero.class) @Nullable
        Long delay,

        @JsonDeserialize(using = Millis.FromOne.class) @Nullable
        Long ttl,

        @Nullable JsonNode toxic,
        @Nullable String remove,
        @Nullable Boolean reset) {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    /** The fields that say what is to be done, and those that go with each. */
    private static final Map<String, Set<String>> ACTIONS = Map.of(
            "enabled", Set.of("at", "proxy", "enabled", "delay", "ttl"),
            "toxic", Set.of("at", "proxy", "toxic"),
            "remove", Set.of("at", "proxy", "remove"),
            "reset", Set.of("at", "reset"));

    /**
     * Reads one event.
     *
     * @param proxies the names of those that there are
     */
    static Event read(JsonNode entry, Set<String> proxies) {
        EventBody body = Json.readStrictly(entry, EventBody.class);
        Set<String> fields = Json.fields(entry);
        Set<String> actions = new TreeSet<>(fields);
        actions.retainAll(ACTIONS.keySet());
        if (actions.size() != 1) {
            throw new IllegalArgumentException("it has %s; it must have exactly one of %s"
                    .formatted(
                            actions.isEmpty() ? "nothing to do" : String.join(" and ", actions),
                            String.join(", ", new TreeSet<>(ACTIONS.keySet()))));
        }
        String action = actions.iterator().next();
        Set<String> possible = Objects.requireNonNull(ACTIONS.get(action));
        fields.stream().filter(field -> !possible.contains(field)).findFirst().ifPresent(field -> {
            throw new IllegalArgumentException(Json.noField(field, possible));
        });
        if (body.at == null) {
            throw ApiException.missing("at");
        }
        return new Event(body.at, body.action(proxies));
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
            throw new IllegalArgumentException(
                    "there is no proxy %s; there are %s".formatted(name, String.join(", ", new TreeSet<>(proxies))));
        }
        if (enabled != null) {
            return new SetEnabled(name, enabled, Millis.lifetime(delay, ttl));
        }
        if (toxic != null && !toxic.isNull()) {
            ToxicBody added = Json.readStrictly(toxic, ToxicBody.class);
            return new AddToxic(name, added.toxic(unused -> {}), added.lifetime());
        }
        return new RemoveToxic(name, ApiException.required("remove", remove));
    }

    /** With {@code lateness}, in milliseconds down to a thousandth, and {@code error} only where there is one. */
    static Map<String, Object> show(Event event, Progress progress) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("at", event.atMillis());
        if (event.action() instanceof SetEnabled change) {
            shown.put("proxy", change.proxy());
            shown.put("enabled", change.enabled());
            putIfPositive(shown, "delay", change.outage().delayMillis());
            putIfPositive(shown, "ttl", change.outage().ttlMillis());
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

    private static void putIfPositive(Map<String, Object> shown, String field, long millis) {
        if (millis > 0) {
            shown.put(field, millis);
        }
    }
}

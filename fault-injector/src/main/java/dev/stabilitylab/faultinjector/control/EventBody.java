package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.schedule.Action;
import dev.stabilitylab.faultinjector.schedule.Action.AddToxic;
import dev.stabilitylab.faultinjector.schedule.Action.RemoveToxic;
import dev.stabilitylab.faultinjector.schedule.Action.Reset;
import dev.stabilitylab.faultinjector.schedule.Action.SetEnabled;
import dev.stabilitylab.faultinjector.schedule.Event;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An event of a schedule as the control API takes and shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
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

    /** The fields that say what is to be done, and those that go with each. */
    private static final Map<String, Set<String>> ACTIONS = Map.of(
            "enabled", Set.of("at", "proxy", "enabled", "delay", "ttl"),
            "toxic", Set.of("at", "proxy", "toxic"),
            "remove", Set.of("at", "proxy", "remove"),
            "reset", Set.of("at", "reset"));

    static EventBody of(Event event) {
        Action action = event.action();
        if (action instanceof SetEnabled change) {
            Lifetime outage = change.outage();
            return new EventBody(
                    event.atMillis(),
                    change.proxy(),
                    change.enabled(),
                    Millis.orNull(outage.delayMillis()),
                    Millis.orNull(outage.ttlMillis()),
                    null,
                    null,
                    null);
        }
        if (action instanceof AddToxic addition) {
            JsonNode toxic = Json.tree(ToxicBody.of(addition.toxic(), addition.lifetime()));
            return new EventBody(event.atMillis(), addition.proxy(), null, null, null, toxic, null, null);
        }
        if (action instanceof RemoveToxic removal) {
            return new EventBody(event.atMillis(), removal.proxy(), null, null, null, null, removal.toxic(), null);
        }
        return new EventBody(event.atMillis(), null, null, null, null, null, null, true);
    }

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
}

package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the fields of one JSON object, and says by name what is wrong with them. As with Toxiproxy, upper and lower case are the same
 * in names, a field that is null counts as missing, and one that nobody knows is left alone; the log tells of it.
 */
final class Fields {

    private static final Logger log = LoggerFactory.getLogger(Fields.class);

    private final Map<String, JsonNode> values = new HashMap<>();

    private Fields(JsonNode node) {
        if (!node.isObject() && !node.isNull()) {
            throw new IllegalArgumentException("%s is not a JSON object".formatted(node));
        }
        node.properties().forEach(field -> values.put(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
    }

    /** The fields of an object; of null, none. */
    static Fields of(JsonNode node, Set<String> known) {
        Fields fields = new Fields(node);
        String unknown = fields.unknown(known);
        if (!unknown.isEmpty()) {
            log.warn("Ignored: {}", unknown);
        }
        return fields;
    }

    /** Refuses fields that are not among {@code known}. */
    static Fields strictlyOf(JsonNode node, Set<String> known) {
        Fields fields = new Fields(node);
        String unknown = fields.unknown(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(unknown);
        }
        return fields;
    }

    private String unknown(Set<String> known) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        return unknown.isEmpty()
                ? ""
                : "there is no field %s; there are %s"
                        .formatted(String.join(", ", unknown), String.join(", ", new TreeSet<>(known)));
    }

    Optional<String> text(String name) {
        return field(name).map(value -> {
            require(value.isTextual(), name, value, "a string");
            return value.textValue();
        });
    }

    String requiredText(String name) {
        return text(name).filter(value -> !value.isEmpty()).orElseThrow(() -> ApiException.missing(name));
    }

    Optional<Boolean> flag(String name) {
        return field(name).map(value -> {
            require(value.isBoolean(), name, value, "true or false");
            return value.booleanValue();
        });
    }

    Optional<Double> number(String name) {
        return field(name).map(value -> {
            require(value.isNumber(), name, value, "a number");
            return value.doubleValue();
        });
    }

    /** When the fault begins and ends by itself: the fields {@code delay} and {@code ttl}. Without them it begins now, and lasts. */
    Lifetime lifetime() {
        return new Lifetime(millis("delay", 0).orElse(0L), millis("ttl", 1).orElse(0L));
    }

    /** A whole number of milliseconds, up to a day. */
    Optional<Long> millis(String name, long min) {
        return field(name).map(value -> {
            double millis = value.doubleValue();
            boolean whole = value.isNumber() && millis == Math.rint(millis);
            require(
                    whole && millis >= min && millis <= Lifetime.MAX_MILLIS,
                    name,
                    value,
                    "a whole number of milliseconds from %d to %d".formatted(min, Lifetime.MAX_MILLIS));
            return value.longValue();
        });
    }

    /** The fields of an object, but those that are null; none when it is missing. */
    Map<String, Object> map(String name) {
        Map<String, Object> map = new TreeMap<>();
        field(name).ifPresent(value -> {
            require(value.isObject(), name, value, "an object");
            new Fields(value).values.forEach((key, entry) -> {
                if (!entry.isNull()) {
                    map.put(key, Json.value(entry));
                }
            });
        });
        return map;
    }

    /** The field as it is. */
    Optional<JsonNode> field(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isNull());
    }

    private static void require(boolean condition, String name, JsonNode value, String what) {
        if (!condition) {
            throw new IllegalArgumentException("%s is %s; it must be %s".formatted(name, value, what));
        }
    }
}

package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the fields of one JSON object, and says by name what is wrong with them. A field that is null counts as missing. */
final class Fields {

    private final JsonNode object;

    /** Refuses what is not an object, and fields that are not among {@code known}. */
    Fields(JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("%s is not a JSON object".formatted(node));
        }
        Set<String> unknown = new TreeSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("there is no field %s; there are %s"
                    .formatted(String.join(", ", unknown), String.join(", ", new TreeSet<>(known))));
        }
        this.object = node;
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

    /** The fields of an object; none when it is missing. */
    Map<String, Object> map(String name) {
        return field(name)
                .map(value -> {
                    require(value.isObject(), name, value, "an object");
                    return Json.map(value);
                })
                .orElse(Map.of());
    }

    /** The field as it is. */
    Optional<JsonNode> field(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
    }

    private static void require(boolean condition, String name, JsonNode value, String what) {
        if (!condition) {
            throw new IllegalArgumentException("%s is %s; it must be %s".formatted(name, value, what));
        }
    }
}

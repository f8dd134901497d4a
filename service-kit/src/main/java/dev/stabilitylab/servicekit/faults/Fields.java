package dev.stabilitylab.servicekit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the fields of one JSON object; what is wrong with them is an {@link IllegalArgumentException} that says it by name. */
final class Fields {

    private static final String DURATION = "a duration with its unit, such as 300ms or 2s";

    private final String prefix;
    private final JsonNode object;

    private Fields(String prefix, JsonNode object, List<String> known) {
        this.prefix = prefix;
        this.object = object;
        Set<String> unknown = new TreeSet<>();
        object.fieldNames().forEachRemaining(unknown::add);
        known.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("%s is not known; known here are %s"
                    .formatted(prefix + String.join(", " + prefix, unknown), String.join(", ", known)));
        }
    }

    /** The fields of a whole body; those that are not among {@code known} are refused. */
    static Fields of(JsonNode body, String... known) {
        require(body.isObject(), "the body", body, "a JSON object");
        return new Fields("", body, List.of(known));
    }

    /** The fields of an object in this one; nothing when it is missing or null. */
    Optional<Fields> part(String name, String... known) {
        return Optional.ofNullable(object.get(name))
                .filter(part -> !part.isNull())
                .map(part -> {
                    require(part.isObject(), prefix + name, part, "a JSON object");
                    return new Fields(prefix + name + ".", part, List.of(known));
                });
    }

    Duration duration(String name) {
        return optionalDuration(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is missing; it must be %s".formatted(prefix + name, DURATION)));
    }

    Optional<Duration> optionalDuration(String name) {
        return field(name)
                .map(value -> Optional.of(value)
                        .filter(JsonNode::isTextual)
                        .flatMap(text -> DurationText.parse(text.textValue()))
                        .orElseThrow(() -> wrong(prefix + name, value, DURATION)));
    }

    double number(String name, double otherwise) {
        return field(name)
                .map(value -> {
                    require(value.isNumber(), prefix + name, value, "a number");
                    return value.doubleValue();
                })
                .orElse(otherwise);
    }

    long wholeNumber(String name, long otherwise) {
        return field(name)
                .map(value -> {
                    require(
                            value.isIntegralNumber() && value.canConvertToLong(),
                            prefix + name,
                            value,
                            "a whole number of at most 64 bits");
                    return value.longValue();
                })
                .orElse(otherwise);
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(object.get(name));
    }

    private static void require(boolean condition, String key, JsonNode value, String what) {
        if (!condition) {
            throw wrong(key, value, what);
        }
    }

    private static IllegalArgumentException wrong(String key, JsonNode value, String what) {
        return new IllegalArgumentException("%s is %s; it must be %s".formatted(key, value, what));
    }
}

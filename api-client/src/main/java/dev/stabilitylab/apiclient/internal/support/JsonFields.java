package dev.stabilitylab.apiclient.internal.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The fields of one JSON object, read by name. What is wrong with one is an {@link IllegalArgumentException} with a sentence that names
 * the key, the value and what it must be. A field that may be missing must not be null instead, except for a part.
 */
public final class JsonFields {

    private static final String NUMBER = "a number";
    private static final int MAX_SHOWN = 100;

    private final String prefix;
    private final JsonNode object;

    private JsonFields(String prefix, JsonNode object, List<String> known) {
        this.prefix = prefix;
        this.object = object;
        Set<String> unknown = new TreeSet<>();
        object.fieldNames().forEachRemaining(unknown::add);
        known.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("%s is not known; known here are %s"
                    .formatted(shown(prefix + String.join(", " + prefix, unknown)), String.join(", ", known)));
        }
    }

    static JsonFields of(JsonNode body, String... known) {
        if (!body.isObject()) {
            throw wrong("the body", body, "a JSON object");
        }
        return new JsonFields("", body, List.of(known));
    }

    /** The fields of an object in this one; empty when it is missing or null. */
    public Optional<JsonFields> part(String name, String... known) {
        return Optional.ofNullable(object.get(name))
                .filter(part -> !part.isNull())
                .map(part -> {
                    if (!part.isObject()) {
                        throw wrong(prefix + name, part, "a JSON object");
                    }
                    return new JsonFields(prefix + name + ".", part, List.of(known));
                });
    }

    /** Required. */
    public Duration duration(String name) {
        return text(name, DurationText::parse, DurationText.KIND);
    }

    /** May be missing. */
    public Optional<Duration> optionalDuration(String name) {
        return optionalText(name, DurationText::parse, DurationText.KIND);
    }

    /**
     * Required; text that means something.
     *
     * @param parse returns nothing for text that is wrong
     * @param kind what it must be, for the end of a sentence
     */
    public <T> T text(String name, Function<String, Optional<T>> parse, String kind) {
        return optionalText(name, parse, kind).orElseThrow(() -> missing(name, kind));
    }

    private <T> Optional<T> optionalText(String name, Function<String, Optional<T>> parse, String kind) {
        return Optional.ofNullable(object.get(name))
                .map(value -> Optional.of(value)
                        .filter(JsonNode::isTextual)
                        .flatMap(text -> parse.apply(text.textValue()))
                        .orElseThrow(() -> wrong(prefix + name, value, kind)));
    }

    /** Required. */
    public double number(String name) {
        return optionalNumber(name).orElseThrow(() -> missing(name, NUMBER));
    }

    /** May be missing. */
    public Optional<Double> optionalNumber(String name) {
        return field(name, JsonNode::isNumber, NUMBER).map(JsonNode::doubleValue);
    }

    /** Required; a whole number in the range of an {@code int}. */
    public int integer(String name) {
        String kind = "a whole number of at most 32 bits";
        return field(name, value -> value.isIntegralNumber() && value.canConvertToInt(), kind)
                .orElseThrow(() -> missing(name, kind))
                .intValue();
    }

    /** May be missing; a whole number in the range of a {@code long}. */
    public Optional<Long> optionalLong(String name) {
        return field(
                        name,
                        value -> value.isIntegralNumber() && value.canConvertToLong(),
                        "a whole number of at most 64 bits")
                .map(JsonNode::longValue);
    }

    /** Required; one of an enum's constants, written in kebab case. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        List<E> choices = List.of(type.getEnumConstants());
        return text(
                name,
                text -> choices.stream()
                        .filter(choice -> kebabCase(choice).equals(text))
                        .findFirst(),
                choices.stream().map(JsonFields::kebabCase).collect(Collectors.joining(", ", "one of ", "")));
    }

    private Optional<JsonNode> field(String name, Predicate<JsonNode> isRight, String kind) {
        JsonNode value = object.get(name);
        if (value != null && !isRight.test(value)) {
            throw wrong(prefix + name, value, kind);
        }
        return Optional.ofNullable(value);
    }

    private IllegalArgumentException missing(String name, String kind) {
        return new IllegalArgumentException("%s is missing; it must be %s".formatted(prefix + name, kind));
    }

    private static IllegalArgumentException wrong(String key, JsonNode value, String kind) {
        return new IllegalArgumentException("%s is %s; it must be %s".formatted(key, shown(value.toString()), kind));
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private static String kebabCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

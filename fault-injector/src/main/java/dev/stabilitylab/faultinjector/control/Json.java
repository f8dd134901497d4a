package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON to records and back. What is wrong is an {@link IllegalArgumentException} that names the field, its value and what it must be.
 * As with Toxiproxy, upper and lower case are the same in names, and a field that is null counts as missing. Every {@link Long} that is
 * read is a time. What is null is not written.
 */
final class Json {

    private static final Logger log = LoggerFactory.getLogger(Json.class);

    private static final int MAX_SHOWN = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addDeserializer(Long.class, new Millis()))
            .defaultPropertyInclusion(JsonInclude.Value.ALL_NON_NULL)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** As Toxiproxy reads: the last of two equal keys counts; what follows the first value, and fields that nobody knows, are ignored. */
    static final Json LENIENT = new Json(MAPPER.reader().withHandler(new UnknownFieldLog()));

    /** Refuses a key that is there twice, anything behind the first value, and fields that the record does not have. */
    static final Json STRICT = new Json(MAPPER.reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES));

    private final ObjectReader reader;

    private Json(ObjectReader reader) {
        this.reader = reader;
    }

    JsonNode parse(byte[] text) {
        try {
            JsonNode node = reader.readTree(text);
            if (node.isMissingNode()) {
                throw new IllegalArgumentException("it is empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String position = at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
            throw new IllegalArgumentException(reason(e) + position, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not text in UTF-8: " + e.getMessage(), e);
        }
    }

    /** Jackson's reason without its remark on where the object began, which names Java classes. */
    private static String reason(JsonProcessingException e) {
        return e.getOriginalMessage().split(" \\(start marker", 2)[0];
    }

    <T> T read(byte[] text, Class<T> type) {
        return read(parse(text), type);
    }

    /** Makes a record of an object; of null, one without any field. */
    <T> T read(JsonNode node, Class<T> type) {
        if (!node.isObject() && !node.isNull()) {
            throw new IllegalArgumentException("%s is not a JSON object".formatted(brief(node)));
        }
        ObjectNode object = MAPPER.createObjectNode();
        node.properties().forEach(field -> object.set(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
        try {
            return reader.treeToValue(object, type);
        } catch (PropertyBindingException e) {
            throw new IllegalArgumentException(noField(e.getPropertyName(), e.getKnownPropertyIds()), e);
        } catch (MismatchedInputException e) {
            String field = e.getPath().isEmpty() ? "it" : e.getPath().get(0).getFieldName();
            throw new IllegalArgumentException(
                    "%s is %s; it must be %s".formatted(field, brief(object.get(field)), expected(e)), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(reason(e), e);
        }
    }

    /** A value as an error shows it. */
    static String brief(@Nullable JsonNode value) {
        String text = String.valueOf(value);
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private static String expected(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        // Only a time has a range of its own.
        return type == Long.class ? e.getOriginalMessage() : type == Double.class ? "a number" : "an object";
    }

    static String noField(String name, Collection<?> known) {
        String names = known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
        return "there is no field %s; there are %s".formatted(name, names);
    }

    /**
     * Reads each entry of an array.
     *
     * @param noun what an entry is; with its position, which counts from 1, it is what an error begins with
     */
    static <S, T> List<T> each(String noun, Iterable<S> entries, Function<S, T> reader) {
        List<T> all = new ArrayList<>();
        for (S entry : entries) {
            try {
                all.add(reader.apply(entry));
            } catch (ApiException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "%s %d: %s".formatted(noun, all.size() + 1, ApiException.reason(e)), e);
            }
        }
        return all;
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is always JSON", e);
        }
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** When a fault begins and ends: without a delay at once, and without a time to live never. */
    static Lifetime lifetime(@Nullable Long delay, @Nullable Long ttl) {
        return new Lifetime(Objects.requireNonNullElse(delay, 0L), Objects.requireNonNullElse(ttl, 0L));
    }

    /** A number that is shown only where there is something to show. */
    static @Nullable Long orNull(long number) {
        return number == 0 ? null : Long.valueOf(number);
    }

    /** Reads a whole number of milliseconds, up to a day; {@code 1e3} is one too. */
    private static final class Millis extends JsonDeserializer<Long> {

        /** The times that must last. Others may be over at once. */
        private static final Set<String> ABOVE_ZERO = Set.of("ttl", "keepalive");

        @Override
        public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            long min = ABOVE_ZERO.contains(parser.currentName()) ? 1 : 0;
            double millis = parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
            if (millis != Math.rint(millis) || millis < min || millis > Lifetime.MAX_MILLIS) {
                String what = "a whole number of milliseconds from %d to %d".formatted(min, Lifetime.MAX_MILLIS);
                throw InvalidFormatException.from(parser, what, parser.currentToken(), Long.class);
            }
            return (long) millis;
        }
    }

    private static final class UnknownFieldLog extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object beanOrClass,
                String name)
                throws IOException {
            log.warn("Ignored: {}", noField(name, deserializer.getKnownPropertyNames()));
            parser.skipChildren();
            return true;
        }
    }
}

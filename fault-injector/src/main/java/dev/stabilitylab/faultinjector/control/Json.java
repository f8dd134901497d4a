package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON to records and back. What is wrong is an {@link IllegalArgumentException} that names the field, its value and what it must be.
 * As with Toxiproxy, upper and lower case are the same in names, and a field that is null counts as missing.
 */
final class Json {

    private static final Logger log = LoggerFactory.getLogger(Json.class);

    private static final int MAX_SHOWN = 200;

    /** As Toxiproxy reads: the last of two equal keys counts; what follows the first value, and fields that nobody knows, are ignored. */
    private static final JsonMapper LENIENT =
            builder().addHandler(new UnknownFieldLog()).build();

    private static final JsonMapper STRICT = builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
            .build();

    private Json() {}

    private static JsonMapper.Builder builder() {
        return JsonMapper.builder()
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                });
    }

    static JsonNode parse(byte[] text) {
        return parse(LENIENT, text);
    }

    /** Refuses a key that is there twice, and anything behind the first value. */
    static JsonNode parseStrictly(byte[] text) {
        return parse(STRICT, text);
    }

    private static JsonNode parse(JsonMapper mapper, byte[] text) {
        try {
            JsonNode node = mapper.readTree(text);
            if (node.isMissingNode()) {
                throw new IllegalArgumentException("it is empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(reason(e) + position(e), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not text in UTF-8: " + e.getMessage(), e);
        }
    }

    /** Jackson's reason without its remark on where the object began, which names Java classes. */
    private static String reason(JsonProcessingException e) {
        return e.getOriginalMessage().split(" \\(start marker", 2)[0];
    }

    private static String position(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "" : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    /** Makes a record of an object; of null, one without any field. The log tells of fields that the record does not have. */
    static <T> T read(JsonNode object, Class<T> type) {
        return read(LENIENT, object, type);
    }

    /** Refuses fields that the record does not have. */
    static <T> T readStrictly(JsonNode object, Class<T> type) {
        return read(STRICT, object, type);
    }

    private static <T> T read(JsonMapper mapper, JsonNode node, Class<T> type) {
        if (!node.isObject() && !node.isNull()) {
            throw new IllegalArgumentException("%s is not a JSON object".formatted(brief(node)));
        }
        ObjectNode object = inLowerCase(node);
        try {
            return mapper.treeToValue(object, type);
        } catch (PropertyBindingException e) {
            throw new IllegalArgumentException(noField(e.getPropertyName(), e.getKnownPropertyIds()), e);
        } catch (MismatchedInputException e) {
            String field = field(e);
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

    private static ObjectNode inLowerCase(JsonNode node) {
        ObjectNode object = LENIENT.createObjectNode();
        node.properties().forEach(field -> object.set(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
        return object;
    }

    private static String field(JsonMappingException e) {
        return e.getPath().isEmpty() ? "it" : e.getPath().get(0).getFieldName();
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
            return LENIENT.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is always JSON", e);
        }
    }

    static JsonNode tree(Object value) {
        return LENIENT.valueToTree(value);
    }

    /** The names of the fields that an object has, in lower case. */
    static Set<String> fields(JsonNode object) {
        return object.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .map(field -> field.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
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

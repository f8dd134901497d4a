package dev.stabilitylab.apiclient.internal.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Policies from and to JSON-like maps: keys in kebab case, durations and sizes as text. Strict: a key that is unknown, missing or of
 * the wrong type is an error that names it.
 */
public final class PolicyJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Duration.class, new DurationWriter())
                    .addDeserializer(Duration.class, new DurationReader())
                    .addSerializer(DataSize.class, new SizeWriter())
                    .addDeserializer(DataSize.class, new SizeReader()))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private static final List<String> OPTIONAL =
            List.of("retry", "retry-budget", "circuit-breaker", "bulkhead", "stale-if-error");

    private PolicyJson() {}

    /**
     * Reads a policy; what is absent of {@code retry}, {@code retry-budget}, {@code circuit-breaker}, {@code bulkhead}
     * and {@code stale-if-error} is off.
     *
     * @throws IllegalArgumentException with a sentence for people that names the key
     */
    public static Policy read(Map<String, ?> settings) {
        Map<String, @Nullable Object> complete = new LinkedHashMap<>(settings);
        OPTIONAL.forEach(part -> complete.putIfAbsent(part, null));
        try {
            Policy policy = MAPPER.convertValue(complete, Policy.class);
            requirePresent(policy);
            return policy;
        } catch (IllegalArgumentException problem) {
            throw problem.getCause() instanceof JsonMappingException mapping
                    ? new IllegalArgumentException(sentence(mapping), mapping)
                    : problem;
        }
    }

    /** The policy as a map for JSON. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> write(Policy policy) {
        return MAPPER.convertValue(policy, Map.class);
    }

    /**
     * Reads a duration that stands by itself, as those in a policy are written.
     *
     * @param key for the sentence of the exception
     * @throws IllegalArgumentException when it is not a duration with a unit
     */
    public static Duration readDuration(String key, String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(key + ": " + notADuration(text)));
    }

    private static String notADuration(String text) {
        return "%s is not a duration; write for example 300ms or 2s".formatted(text);
    }

    // A key that stands there with null passes Jackson's check for missing keys.
    private static void requirePresent(Policy policy) {
        Map<String, Object> written = write(policy);
        requirePresent("", written);
    }

    private static void requirePresent(String prefix, Map<?, ?> written) {
        written.forEach((key, value) -> {
            if (value instanceof Map<?, ?> part) {
                requirePresent(prefix + key + ".", part);
            } else if (value == null && !OPTIONAL.contains(prefix + key)) {
                throw new IllegalArgumentException(prefix + key + " is null; it must have a value");
            }
        });
    }

    private static String sentence(JsonMappingException problem) {
        String path = problem.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .collect(Collectors.joining("."));
        if (problem instanceof UnrecognizedPropertyException unknown) {
            return "%s is not known; known here are %s".formatted(path, unknown.getKnownPropertyIds());
        }
        String reason = problem.getOriginalMessage();
        // Jackson has no exception of its own for this.
        if (reason.startsWith("Missing creator property")) {
            return path + " is missing";
        }
        return (path.isEmpty() ? "the policy" : path) + ": " + reason;
    }

    private static final class DurationWriter extends StdSerializer<Duration> {

        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(DurationText.format(value));
        }
    }

    private static final class DurationReader extends StdDeserializer<Duration> {

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                Optional<Duration> duration = DurationText.parse(in.getText());
                if (duration.isPresent()) {
                    return duration.get();
                }
            }
            throw MismatchedInputException.from(in, Duration.class, notADuration(in.getText()));
        }
    }

    private static final class SizeWriter extends StdSerializer<DataSize> {

        SizeWriter() {
            super(DataSize.class);
        }

        @Override
        public void serialize(DataSize value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(SizeText.format(value));
        }
    }

    private static final class SizeReader extends StdDeserializer<DataSize> {

        SizeReader() {
            super(DataSize.class);
        }

        @Override
        public DataSize deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                Optional<DataSize> size = SizeText.parse(in.getText());
                if (size.isPresent()) {
                    return size.get();
                }
            }
            throw MismatchedInputException.from(
                    in, DataSize.class, in.getText() + " is not a size; write for example 512KB or 10MB");
        }
    }
}

package dev.stabilitylab.apiclient.internal.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Collection;

/** Makes a value of an answer's body. */
@FunctionalInterface
interface AnswerReader<T> {

    /** The value; an answer that is not what was asked for is refused with the reason. */
    T read(byte[] body, int status) throws UnreadableAnswerException;

    /** Reads JSON of exactly one type: no trailing text, no number written as text, no null in place of a value. */
    static <T> AnswerReader<T> json(JsonMapper mapper, JavaType type) {
        ObjectReader reader = mapper.readerFor(type);
        return (body, status) -> {
            T value;
            try {
                value = reader.readValue(body);
            } catch (JsonProcessingException problem) {
                throw new UnreadableAnswerException("not the expected JSON (" + problem.getOriginalMessage() + ")");
            } catch (IOException problem) {
                throw new UnreadableAnswerException("not JSON (" + problem.getMessage() + ")");
            }
            if (value == null) {
                throw new UnreadableAnswerException("null");
            }
            if (value instanceof Collection<?> items && items.stream().anyMatch(item -> item == null)) {
                throw new UnreadableAnswerException("a list with null in it");
            }
            return value;
        };
    }

    /** The strict reading of {@link #json}. Unknown fields pass: an upstream may learn to say more. */
    static JsonMapper strict() {
        return JsonMapper.builder()
                .findAndAddModules()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }
}

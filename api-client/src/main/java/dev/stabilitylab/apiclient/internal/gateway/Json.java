package dev.stabilitylab.apiclient.internal.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.stabilitylab.apiclient.internal.core.ResponseReader;
import dev.stabilitylab.apiclient.internal.core.ResponseReader.Unreadable;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Values to and from JSON, by the application's own mapper. A response is one value of exactly the expected type, and nothing else. */
final class Json {

    private final ObjectMapper mapper;
    private final Map<Type, ResponseReader<?>> readers = new ConcurrentHashMap<>();

    Json(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException problem) {
            throw new IllegalArgumentException(
                    "the body cannot be written as JSON: " + problem.getOriginalMessage(), problem);
        }
    }

    @SuppressWarnings("unchecked") // Put in below, under its own type.
    <T> ResponseReader<T> reader(Type type) {
        ResponseReader<?> known = readers.get(type);
        return (ResponseReader<T>) (known != null ? known : readers.computeIfAbsent(type, this::<T>newReader));
    }

    private <T> ResponseReader<T> newReader(Type type) {
        ObjectReader reader =
                mapper.readerFor(mapper.constructType(type)).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        return response -> {
            @SuppressWarnings("unchecked") // The reader is of this type.
            T value = (T) read(reader, response.body());
            if (value == null) {
                throw new Unreadable("null");
            }
            if (value instanceof Collection<?> items && hasNull(items)) {
                throw new Unreadable("a list with null in it");
            }
            return value;
        };
    }

    // Not contains(null), which some collections answer with an exception.
    private static boolean hasNull(Collection<?> items) {
        for (Object item : items) {
            if (item == null) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object read(ObjectReader reader, byte[] body) throws Unreadable {
        try {
            return reader.<@Nullable Object>readValue(body);
        } catch (JsonProcessingException problem) {
            throw new Unreadable("not the expected JSON (" + problem.getOriginalMessage() + ")");
        } catch (IOException problem) {
            throw new Unreadable("not JSON (" + problem.getMessage() + ")");
        } catch (RuntimeException problem) {
            // A deserializer of the application's own, which the upstream has made fail.
            throw new Unreadable("not the expected JSON (" + problem + ")");
        }
    }
}

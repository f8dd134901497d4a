package dev.stabilitylab.servicekit.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is asked for. Strict: a key that is unknown, there twice or of the wrong type, and anything behind the end, is an
 * {@link IllegalArgumentException} with a sentence for people.
 */
final class FaultReader {

    private static final long DEFAULT_SEED = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private FaultReader() {}

    /** Without {@code probability} every request is meant, without {@code jitter} all the same, and the seed is {@value #DEFAULT_SEED}. */
    static ServiceFault fault(byte[] json) {
        Fields fault = Fields.of(parse(json), "slowdown", "errors", "seed");
        return new ServiceFault(
                fault.part("slowdown", "latency", "jitter", "probability")
                        .map(FaultReader::slowdown)
                        .orElse(null),
                fault.part("errors", "probability")
                        .map(errors -> new Errors(errors.number("probability", 1)))
                        .orElse(null),
                fault.wholeNumber("seed", DEFAULT_SEED));
    }

    /** How long the fault lasts. */
    static Duration ttl(@Nullable String text) {
        String given = text == null ? "missing" : text;
        return DurationText.parse(given)
                .orElseThrow(() -> new IllegalArgumentException(
                        "ttl is %s; it must be a duration with its unit, such as 20s".formatted(given)));
    }

    private static Slowdown slowdown(Fields slowdown) {
        return new Slowdown(
                slowdown.duration("latency"),
                slowdown.optionalDuration("jitter").orElse(Duration.ZERO),
                slowdown.number("probability", 1));
    }

    private static JsonNode parse(byte[] json) {
        JsonNode body;
        try {
            body = MAPPER.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(
                    "the body is not JSON at line %d, column %d: %s"
                            .formatted(
                                    malformed.getLocation().getLineNr(),
                                    malformed.getLocation().getColumnNr(),
                                    reason(malformed)),
                    malformed);
        } catch (IOException notText) {
            throw new IllegalArgumentException("the body is not JSON: it is not UTF-8", notText);
        }
        if (body.isMissingNode()) {
            throw new IllegalArgumentException("the body is empty; it must be a JSON object, sent as application/json");
        }
        return body;
    }

    /** Jackson's reason without its remark on where the object began, which names Java classes. */
    private static String reason(JsonProcessingException malformed) {
        return malformed.getOriginalMessage().split(" \\(start marker", 2)[0];
    }
}

package dev.stabilitylab.apiclient.internal.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the JSON object that somebody sends to change something. Strict: what could be a mistake is refused, with a sentence for people. */
public final class JsonBody {

    private static final int MAX_BYTES = 64 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What Jackson adds to its reasons: where an object began, and which switches of its own would allow it. */
    private static final Pattern REMARKS_FOR_PROGRAMMERS = Pattern.compile(
            " \\(start marker.*|: enable `.*|, from `[^`]*`| \\(not recognized as one.*\\)", Pattern.DOTALL);

    private JsonBody() {}

    /**
     * The body's fields.
     *
     * @param known the names that the object may have
     * @throws TooLongException when it has more than 64 KiB
     * @throws IllegalArgumentException when it is empty or not UTF-8, is not one JSON object and nothing else, or has a name twice or one
     *     that is not known
     */
    public static JsonFields read(InputStream body, String... known) throws IOException {
        byte[] json = body.readNBytes(MAX_BYTES + 1);
        if (json.length > MAX_BYTES) {
            throw new TooLongException();
        }
        return JsonFields.of(parse(text(json)), known);
    }

    // Left to itself, Jackson would take UTF-16 and UTF-32 too.
    private static String text(byte[] json) {
        ByteBuffer bytes = ByteBuffer.wrap(json);
        try {
            return UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException(
                    "the body is not UTF-8 at byte %d".formatted(bytes.position() + 1), malformed);
        }
    }

    private static JsonNode parse(String json) throws IOException {
        try (JsonParser parser = MAPPER.createParser(json)) {
            JsonNode body = MAPPER.readTree(parser);
            if (body == null) {
                throw new IllegalArgumentException(
                        "the body is empty; it must be a JSON object, sent as application/json");
            }
            if (parser.nextToken() != null) {
                throw notJson(parser.currentTokenLocation(), "there is more after its end", null);
            }
            return body;
        } catch (JsonProcessingException malformed) {
            throw notJson(malformed.getLocation(), reason(malformed), malformed);
        }
    }

    private static IllegalArgumentException notJson(
            @Nullable JsonLocation where, String reason, @Nullable Throwable cause) {
        String place = where == null ? "" : " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
        return new IllegalArgumentException("the body is not JSON%s: %s".formatted(place, reason), cause);
    }

    private static String reason(JsonProcessingException malformed) {
        return REMARKS_FOR_PROGRAMMERS.matcher(malformed.getOriginalMessage()).replaceAll("");
    }

    /** A body above the limit, which the message names. */
    public static final class TooLongException extends RuntimeException {

        TooLongException() {
            super("It may have at most %d bytes.".formatted(MAX_BYTES));
        }
    }
}

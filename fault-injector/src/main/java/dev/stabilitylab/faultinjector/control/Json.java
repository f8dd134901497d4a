package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/** JSON text to trees and back. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final JsonMapper STRICT_MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /**
     * As Toxiproxy does it: of a key that is there twice the last one counts, and what follows the first value is left alone.
     *
     * @throws IllegalArgumentException that says where the text stops being JSON
     */
    static JsonNode parse(byte[] text) {
        return parse(MAPPER, text);
    }

    /** Takes nothing of that: for files, which a person writes. */
    static JsonNode parseStrictly(byte[] text) {
        return parse(STRICT_MAPPER, text);
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
            throw new IllegalArgumentException(e.toString());
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

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    static JsonNode tree(Map<String, Object> values) {
        return MAPPER.valueToTree(values);
    }

    /** A number, a text, a list or a map instead of a node. */
    static Object value(JsonNode node) {
        return MAPPER.convertValue(node, Object.class);
    }
}

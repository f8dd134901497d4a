package dev.stabilitylab.homepage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of items as an upstream sends it: a JSON array of whole numbers and nothing else. Jackson by itself would let
 * {@code null}, {@code 1.5} and {@code "1"} pass.
 */
record Items(@JsonValue List<Integer> values) {

    static final Items NONE = new Items(List.of());

    /** Refuses another shape, which the gateway reports as a bad response. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Items of(JsonNode json) {
        if (!json.isArray()) {
            throw new IllegalArgumentException("not an array of items");
        }
        List<Integer> values = new ArrayList<>(json.size());
        for (JsonNode each : json) {
            if (!each.isIntegralNumber() || !each.canConvertToInt()) {
                throw new IllegalArgumentException("item %d is not a whole number".formatted(values.size()));
            }
            values.add(each.intValue());
        }
        return new Items(List.copyOf(values));
    }
}

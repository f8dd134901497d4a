package dev.stabilitylab.lab.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code /actuator/upstreams} says of the circuit breakers.
 *
 * @param instance who answers; new with every start
 * @param breakers state by upstream; without upstreams that have no breaker
 * @param changes the last ones of each breaker, oldest first
 */
record UpstreamsView(String instance, Map<String, String> breakers, List<Change> changes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A breaker's change of state, in the instance's own time. */
    record Change(String upstream, Instant at, String from, String to) {}

    /**
     * Reads the endpoint's answer.
     *
     * @throws IllegalArgumentException when it has another shape
     */
    static UpstreamsView parse(String json) {
        try {
            Map<String, String> breakers = new TreeMap<>();
            List<Change> changes = new ArrayList<>();
            JsonNode view = JSON.readTree(json);
            for (Map.Entry<String, JsonNode> upstream :
                    view.required("upstreams").properties()) {
                JsonNode breaker = upstream.getValue().path("breaker");
                if (breaker.isObject()) {
                    breakers.put(upstream.getKey(), text(breaker, "state"));
                    for (JsonNode change : breaker.required("transitions")) {
                        changes.add(change(upstream.getKey(), change));
                    }
                }
            }
            return new UpstreamsView(view.path("instance").asText(), breakers, changes);
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("the view of the upstreams cannot be read: " + e.getMessage(), e);
        }
    }

    private static Change change(String upstream, JsonNode change) {
        return new Change(upstream, Instant.parse(text(change, "at")), text(change, "from"), text(change, "to"));
    }

    private static String text(JsonNode node, String key) {
        return node.required(key).asText();
    }
}

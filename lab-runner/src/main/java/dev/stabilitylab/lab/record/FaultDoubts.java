package dev.stabilitylab.lab.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds in the fault injector's events that a fault did nothing, so that nobody takes a fault that never struck for resilience. */
final class FaultDoubts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> said = new HashSet<>();

    /** A sentence for a person, when this event is a reason to doubt a fault, and the same has not been said before. */
    Optional<String> doubt(String event) {
        JsonNode data;
        try {
            data = JSON.readTree(event);
        } catch (JsonProcessingException e) {
            // The log keeps it as it is; there is nothing to say about it.
            return Optional.empty();
        }
        return switch (data.path("event").asText()) {
            case "toxic-removed" -> withoutHits(data);
            case "toxic-inert" ->
                once("Fault %s on %s cannot act on connections of this kind: %s."
                        .formatted(text(data, "toxic"), text(data, "proxy"), text(data, "reason")));
            default -> Optional.empty();
        };
    }

    private static Optional<String> withoutHits(JsonNode data) {
        JsonNode state = data.path("state");
        return state.has("name") && !state.has("hits")
                ? Optional.of("Fault %s on %s hit nothing.".formatted(text(state, "name"), text(data, "proxy")))
                : Optional.empty();
    }

    private Optional<String> once(String sentence) {
        return said.add(sentence) ? Optional.of(sentence) : Optional.empty();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText("?");
    }
}

package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Direction;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Toxics as the control API shows and takes them. */
final class ToxicJson {

    private static final Set<String> FIELDS =
            Set.of("name", "type", "stream", "toxicity", "attributes", "delay", "ttl");

    private ToxicJson() {}

    /** The fields of a toxic, for {@link #read} and {@link #readChange}. */
    static Fields fields(JsonNode body) {
        return Fields.of(body, FIELDS);
    }

    /** The same for what no client of Toxiproxy has written: a field that is not known is an error. */
    static Fields strictFields(JsonNode body) {
        return Fields.strictlyOf(body, FIELDS);
    }

    /** With {@code delay} and {@code ttl} only where there is one. */
    static ObjectNode write(AppliedToxic toxic, Lifetime lifetime) {
        ObjectNode node = Json.object()
                .put("name", toxic.name())
                .put("type", toxic.type().name())
                .put("stream", toxic.direction().label())
                .put("toxicity", toxic.toxicity());
        node.set("attributes", Json.tree(new TreeMap<>(toxic.toxic().attributes())));
        writeLifetime(node, lifetime);
        return node;
    }

    static void writeLifetime(ObjectNode node, Lifetime lifetime) {
        if (lifetime.delayMillis() > 0) {
            node.put("delay", lifetime.delayMillis());
        }
        if (lifetime.ttlMillis() > 0) {
            node.put("ttl", lifetime.ttlMillis());
        }
    }

    /**
     * A new toxic.
     *
     * @param requireFree refuses a name that is taken; asked before the attributes are looked at, as Toxiproxy does it
     */
    static AppliedToxic read(Fields fields, Consumer<String> requireFree) {
        Direction direction = fields.text("stream").map(ToxicJson::direction).orElse(Direction.DOWNSTREAM);
        ToxicType type = type(fields.text("type").orElse(""));
        String name = fields.text("name")
                .filter(given -> !given.isEmpty())
                .orElseGet(() -> AppliedToxic.defaultName(type, direction));
        requireFree.accept(name);
        return new AppliedToxic(
                name, type, direction, fields.number("toxicity").orElse(1.0), type.create(fields.map("attributes")));
    }

    /** What is not given stays as it was; attributes one by one. Name, type and stream stay whatever is given, as with Toxiproxy. */
    static AppliedToxic readChange(Fields fields, AppliedToxic before) {
        Map<String, Object> attributes = new TreeMap<>(before.toxic().attributes());
        attributes.putAll(fields.map("attributes"));
        return before.with(
                fields.number("toxicity").orElse(before.toxicity()),
                before.type().create(attributes));
    }

    private static ToxicType type(String name) {
        return ToxicTypes.find(name)
                .orElseThrow(() -> ApiException.bad(
                        "invalid toxic type",
                        "type is \"%s\"; there are %s, %s"
                                .formatted(
                                        name,
                                        ToxicTypes.namesOfConnectionFaults(),
                                        ToxicTypes.namesOfRequestFaults())));
    }

    private static Direction direction(String name) {
        for (Direction direction : Direction.values()) {
            if (direction.label().equalsIgnoreCase(name)) {
                return direction;
            }
        }
        throw ApiException.bad(
                "stream was invalid, can be either upstream or downstream", "stream is \"%s\"".formatted(name));
    }
}

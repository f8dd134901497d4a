package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Direction;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import dev.stabilitylab.faultinjector.toxic.ToxicTypes;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Toxics as the control API shows and takes them. */
final class ToxicJson {

    private static final Set<String> FIELDS =
            Set.of("name", "type", "stream", "toxicity", "attributes", "delay", "ttl");

    private ToxicJson() {}

    /** The fields of a toxic, for {@link #read} and {@link #readChange}. */
    static Fields fields(JsonNode body) {
        return new Fields(body, FIELDS);
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

    static AppliedToxic read(Fields fields) {
        ToxicType type = type(fields.requiredText("type"));
        Direction direction = fields.text("stream").map(ToxicJson::direction).orElse(Direction.DOWNSTREAM);
        String name = fields.text("name")
                .filter(given -> !given.isEmpty())
                .orElseGet(() -> AppliedToxic.defaultName(type, direction));
        return new AppliedToxic(
                name, type, direction, fields.number("toxicity").orElse(1.0), type.create(fields.map("attributes")));
    }

    /** What is not given stays as it was; attributes one by one. */
    static AppliedToxic readChange(Fields fields, AppliedToxic before) {
        requireSame(fields, "name", before.name(), before);
        requireSame(fields, "type", before.type().name(), before);
        requireSame(fields, "stream", before.direction().label(), before);
        Map<String, Object> attributes = new TreeMap<>(before.toxic().attributes());
        attributes.putAll(fields.map("attributes"));
        return before.with(
                fields.number("toxicity").orElse(before.toxicity()),
                before.type().create(attributes));
    }

    private static void requireSame(Fields fields, String name, String value, AppliedToxic toxic) {
        fields.text(name).filter(given -> !given.equals(value)).ifPresent(given -> {
            throw new IllegalArgumentException(
                    "%s of %s is %s and cannot become %s".formatted(name, toxic.name(), value, given));
        });
    }

    private static ToxicType type(String name) {
        return ToxicTypes.find(name)
                .orElseThrow(() -> new ApiException(
                        HttpResponseStatus.BAD_REQUEST,
                        "invalid toxic type: %s; there are %s".formatted(name, ToxicTypes.names())));
    }

    private static Direction direction(String name) {
        for (Direction direction : Direction.values()) {
            if (direction.label().equals(name)) {
                return direction;
            }
        }
        throw new ApiException(
                HttpResponseStatus.BAD_REQUEST,
                "stream was invalid, can be either upstream or downstream: \"%s\"".formatted(name));
    }
}

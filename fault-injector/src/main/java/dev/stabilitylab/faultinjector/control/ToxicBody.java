package dev.stabilitylab.faultinjector.control;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Direction;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.proxy.ToxicTally;
import dev.stabilitylab.faultinjector.proxy.Toxics;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A toxic as the control API takes and shows it.
 *
 * @param hits is shown, and ignored when a client sends it back; so is {@code inert}
 */
@JsonIgnoreProperties(
        value = {"hits", "inert"},
        allowGetters = true)
record ToxicBody(
        @Nullable String name,
        @Nullable String type,
        @Nullable String stream,
        @Nullable Double toxicity,
        @Nullable Map<String, @Nullable Object> attributes,
        @Nullable Long delay,
        @Nullable Long ttl,
        @Nullable Long hits,
        @Nullable Map<String, Long> inert) {

    /** One that is only planned. */
    static ToxicBody of(AppliedToxic toxic, Lifetime lifetime) {
        return of(toxic, lifetime, null, Map.of());
    }

    private static ToxicBody of(AppliedToxic toxic, Lifetime lifetime, @Nullable Long hits, Map<String, Long> inert) {
        return new ToxicBody(
                toxic.name(),
                toxic.type().name(),
                toxic.direction().label(),
                toxic.toxicity(),
                new TreeMap<>(toxic.toxic().attributes()),
                Json.orNull(lifetime.delayMillis()),
                Json.orNull(lifetime.ttlMillis()),
                hits,
                inert.isEmpty() ? null : inert);
    }

    /** One that is on a proxy, with what it did there, if it did anything. */
    static ToxicBody of(AppliedToxic toxic, Toxics toxics, Lifetime remaining) {
        ToxicTally tally = toxics.tally(toxic.name());
        return of(toxic, remaining, Json.orNull(tally.hits()), tally.inert());
    }

    /** As a proxy shows it: how it is set, which traffic does not change. */
    ToxicBody withoutHits() {
        return new ToxicBody(name, type, stream, toxicity, attributes, delay, ttl, null, inert);
    }

    Lifetime lifetime() {
        return Json.lifetime(delay, ttl);
    }

    /**
     * A new toxic.
     *
     * @param requireFree refuses a name that is taken; asked before the attributes are looked at, as Toxiproxy does it
     */
    AppliedToxic toxic(Consumer<String> requireFree) {
        Direction direction = direction();
        ToxicType toxicType = toxicType();
        String chosen = name == null || name.isEmpty() ? AppliedToxic.defaultName(toxicType, direction) : name;
        requireFree.accept(chosen);
        return new AppliedToxic(
                chosen,
                toxicType,
                direction,
                requireNonNullElse(toxicity, 1.0),
                toxicType.create(withAttributes(Map.of())));
    }

    /** What is not given stays as it was; attributes one by one. Name, type and stream stay whatever is given, as with Toxiproxy. */
    AppliedToxic change(AppliedToxic before) {
        return before.with(
                requireNonNullElse(toxicity, before.toxicity()),
                before.type().create(withAttributes(before.toxic().attributes())));
    }

    private Map<String, Object> withAttributes(Map<String, Object> before) {
        Map<String, Object> all = new TreeMap<>(before);
        if (attributes != null) {
            attributes.forEach((key, value) -> {
                if (value != null) {
                    all.put(key.toLowerCase(Locale.ROOT), value);
                }
            });
        }
        return all;
    }

    private ToxicType toxicType() {
        String given = requireNonNullElse(type, "");
        return ToxicTypes.find(given)
                .orElseThrow(() -> bad(
                        "invalid toxic type",
                        "type is \"%s\"; there are %s, %s"
                                .formatted(
                                        given,
                                        ToxicTypes.namesOfConnectionFaults(),
                                        ToxicTypes.namesOfRequestFaults())));
    }

    private Direction direction() {
        String given = requireNonNullElse(stream, Direction.DOWNSTREAM.label());
        for (Direction direction : Direction.values()) {
            if (direction.label().equalsIgnoreCase(given)) {
                return direction;
            }
        }
        throw bad(
                "stream was invalid, can be either upstream or downstream",
                "stream is \"%s\"; it must be upstream or downstream".formatted(given));
    }

    private static ApiException bad(String message, String detail) {
        return new ApiException(HttpResponseStatus.BAD_REQUEST, message, detail, null);
    }
}

package dev.stabilitylab.faultinjector.endurance;

import java.util.Locale;

/** A type of toxic that drops no byte, its attributes, and others that it is changed to. */
enum LosslessToxic {
    LATENCY("\"latency\":5,\"jitter\":5", "\"latency\":20"),
    BANDWIDTH("\"rate\":20000", "\"rate\":100000"),
    SLOW_CLOSE("\"delay\":50", "\"delay\":10"),
    SLICER(
            "\"average_size\":4000,\"size_variation\":2000,\"delay\":10",
            "\"average_size\":5000,\"size_variation\":0,\"delay\":0"),
    LIMIT_DATA("\"bytes\":1000000000000", "\"bytes\":2000000000000"),
    NOOP("", "");

    private final String attributes;
    private final String others;

    LosslessToxic(String attributes, String others) {
        this.attributes = attributes;
        this.others = others;
    }

    /** As the control API calls it. */
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    String attributes() {
        return attributes;
    }

    /** A request's body that changes it. */
    String change() {
        return "{\"attributes\":{%s}}".formatted(others);
    }
}

package dev.stabilitylab.lab.load;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The beginning of a trace, as W3C Trace Context has it: every page that the lab asks for is one, and is wanted. */
final class TraceParent {

    static final String HEADER = "traceparent";

    private static final HexFormat HEX = HexFormat.of();

    private TraceParent() {}

    /** Whether the system traces: the lab has the profile from the same variable as the services that it starts. */
    static boolean isWanted(Map<String, String> environment) {
        return Arrays.stream(
                        environment.getOrDefault("SPRING_PROFILES_ACTIVE", "").split(","))
                .map(String::strip)
                .anyMatch("tracing"::equals);
    }

    /** The value of the header, for a trace of its own. */
    static String next(RandomGenerator random) {
        // An id of zeros only is none.
        return "00-%s%s-%s-01"
                .formatted(
                        HEX.toHexDigits(random.nextLong()),
                        HEX.toHexDigits(random.nextLong() | 1),
                        HEX.toHexDigits(random.nextLong() | 1));
    }
}

package dev.stabilitylab.lab.script;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a policy of the gateway: the names of its settings, and whether each value is of the right type. What a value may
 * be beyond that is for the service to say.
 */
final class PolicyReader {

    private static final Duration MAX_DURATION = Duration.ofHours(24);

    private static final Map<String, Type> RETRY = types(
            Map.entry("max-attempts", PolicyReader::wholeNumber),
            Map.entry("wait-duration", PolicyReader::duration),
            Map.entry("exponential-backoff-multiplier", PolicyReader::number),
            Map.entry("exponential-max-wait-duration", PolicyReader::duration),
            Map.entry("jitter", choice("none", "full", "equal", "decorrelated")));

    private static final Map<String, Type> CIRCUIT_BREAKER = types(
            Map.entry("position", choice("inside-retry", "outside-retry")),
            Map.entry("sliding-window-type", choice("count-based", "time-based")),
            Map.entry("sliding-window-size", PolicyReader::wholeNumber),
            Map.entry("minimum-number-of-calls", PolicyReader::wholeNumber),
            Map.entry("failure-rate-threshold", PolicyReader::number),
            Map.entry("slow-call-rate-threshold", PolicyReader::number),
            Map.entry("slow-call-duration-threshold", PolicyReader::duration),
            Map.entry("wait-duration-in-open-state", PolicyReader::duration),
            Map.entry("permitted-number-of-calls-in-half-open-state", PolicyReader::wholeNumber),
            Map.entry("max-wait-duration-in-half-open-state", PolicyReader::duration));

    private static final Map<String, Type> BULKHEAD = types(
            Map.entry("max-concurrent-calls", PolicyReader::wholeNumber),
            Map.entry("max-wait-duration", PolicyReader::duration));

    private static final Map<String, Type> POLICY = types(
            Map.entry("connect-timeout", PolicyReader::duration),
            Map.entry("attempt-timeout", PolicyReader::duration),
            Map.entry("deadline", PolicyReader::duration),
            Map.entry("retry", group(RETRY)),
            Map.entry("circuit-breaker", group(CIRCUIT_BREAKER)),
            Map.entry("bulkhead", group(BULKHEAD)));

    private PolicyReader() {}

    static Optional<PolicySpec> read(Value policy) {
        return settings(policy, POLICY).map(PolicySpec::new);
    }

    private static Optional<Map<String, Object>> settings(Value value, Map<String, Type> types) {
        return value.section(types.keySet()).map(section -> {
            Map<String, Object> settings = new LinkedHashMap<>();
            types.forEach(
                    (key, type) -> section.get(key).flatMap(type).ifPresent(setting -> settings.put(key, setting)));
            return Collections.unmodifiableMap(settings);
        });
    }

    /** A group that is empty is off, as is one that is missing. */
    private static Type group(Map<String, Type> types) {
        return value ->
                value.isEmpty() ? Optional.empty() : settings(value, types).map(settings -> settings);
    }

    private static Type choice(String... choices) {
        return value -> value.choice(List.of(choices)).map(text -> text);
    }

    /** As text in whole numbers: the services do not read {@code 1.5s}. */
    private static Optional<Object> duration(Value value) {
        return value.duration(Duration.ZERO, MAX_DURATION).map(PolicyReader::text);
    }

    private static String text(Duration duration) {
        String text = duration.isZero() ? "0ms" : Durations.text(duration);
        return text.contains(".") ? duration.toMillis() + "ms" : text;
    }

    private static Optional<Object> wholeNumber(Value value) {
        return value.wholeNumber(0, Integer.MAX_VALUE).map(number -> number);
    }

    private static Optional<Object> number(Value value) {
        return value.number("a number").map(BigDecimal::doubleValue);
    }

    @SafeVarargs
    private static Map<String, Type> types(Map.Entry<String, Type>... entries) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (Map.Entry<String, Type> entry : entries) {
            types.put(entry.getKey(), entry.getValue());
        }
        return Collections.unmodifiableMap(types);
    }

    private interface Type extends Function<Value, Optional<Object>> {}
}

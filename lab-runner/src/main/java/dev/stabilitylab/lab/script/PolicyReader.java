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
 * Reads a policy of the gateway: the names of its settings, and whether each value is of the right type. Limits are for the
 * service to check, except those of {@code stale-if-error}. The service wants every setting of a group, so missing ones are
 * filled in.
 */
final class PolicyReader {

    private static final Duration MAX_DURATION = Duration.ofHours(24);
    private static final Duration MIN_AGE = Duration.ofMillis(1);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final long MIN_SIZE = 1024;
    private static final long MAX_SIZE = 1024 * 1024 * 1024;

    private static final List<Setting> RETRY = List.of(
            required("max-attempts", PolicyReader::wholeNumber),
            required("wait-duration", PolicyReader::duration),
            optional("exponential-backoff-multiplier", PolicyReader::number, 2.0),
            optional("exponential-max-wait-duration", PolicyReader::duration, "2s"),
            optional("jitter", choice("none", "full", "equal", "decorrelated"), "full"));

    private static final List<Setting> CIRCUIT_BREAKER = List.of(
            optional("position", choice("inside-retry", "outside-retry"), "inside-retry"),
            optional("sliding-window-type", choice("count-based", "time-based"), "count-based"),
            required("sliding-window-size", PolicyReader::wholeNumber),
            required("minimum-number-of-calls", PolicyReader::wholeNumber),
            required("failure-rate-threshold", PolicyReader::number),
            optional("slow-call-rate-threshold", PolicyReader::number, 100.0),
            optional("slow-call-duration-threshold", PolicyReader::duration, "60s"),
            required("wait-duration-in-open-state", PolicyReader::duration),
            optional("permitted-number-of-calls-in-half-open-state", PolicyReader::wholeNumber, 1),
            optional("max-wait-duration-in-half-open-state", PolicyReader::duration, "5s"));

    private static final List<Setting> BULKHEAD = List.of(
            required("max-concurrent-calls", PolicyReader::wholeNumber),
            optional("max-wait-duration", PolicyReader::duration, "0ms"));

    private static final List<Setting> RETRY_BUDGET =
            List.of(required("percentage", PolicyReader::number), optional("burst", PolicyReader::wholeNumber, 10));

    private static final List<Setting> STALE_IF_ERROR =
            List.of(required("max-age", PolicyReader::maxAge), optional("max-size", PolicyReader::maxSize, "10MB"));

    private static final List<Setting> POLICY = List.of(
            required("connect-timeout", PolicyReader::duration),
            required("attempt-timeout", PolicyReader::duration),
            required("deadline", PolicyReader::duration),
            group("retry", RETRY),
            group("retry-budget", RETRY_BUDGET),
            group("circuit-breaker", CIRCUIT_BREAKER),
            group("bulkhead", BULKHEAD),
            group("stale-if-error", STALE_IF_ERROR));

    private PolicyReader() {}

    static Optional<PolicySpec> read(Value policy) {
        return settings(policy, POLICY).map(PolicySpec::new);
    }

    private static Optional<Map<String, Object>> settings(Value value, List<Setting> settings) {
        return value.section(settings.stream().map(Setting::key).toList()).map(section -> {
            Map<String, Object> read = new LinkedHashMap<>();
            for (Setting setting : settings) {
                Optional<Value> written =
                        setting.required() ? section.require(setting.key()) : section.get(setting.key());
                written.flatMap(setting.type())
                        .or(setting::fallback)
                        .ifPresent(known -> read.put(setting.key(), known));
            }
            return Collections.unmodifiableMap(read);
        });
    }

    private static Setting required(String key, Type type) {
        return new Setting(key, type, true, Optional.empty());
    }

    private static Setting optional(String key, Type type, Object fallback) {
        return new Setting(key, type, false, Optional.of(fallback));
    }

    /** A group that is empty is off, as is one that is missing. */
    private static Setting group(String key, List<Setting> settings) {
        Type type = value ->
                value.isEmpty() ? Optional.empty() : settings(value, settings).map(read -> read);
        return new Setting(key, type, false, Optional.empty());
    }

    private static Type choice(String... choices) {
        return value -> value.choice(List.of(choices)).map(text -> text);
    }

    /** As text in whole numbers: the services do not read {@code 1.5s}. */
    private static Optional<Object> duration(Value value) {
        return value.duration(Duration.ZERO, MAX_DURATION).map(PolicyReader::text);
    }

    private static Optional<Object> maxAge(Value value) {
        return value.duration(MIN_AGE, MAX_AGE).map(PolicyReader::text);
    }

    private static Optional<Object> maxSize(Value value) {
        return value.size(MIN_SIZE, MAX_SIZE).map(Sizes::text);
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

    private interface Type extends Function<Value, Optional<Object>> {}

    /**
     * A key of a policy.
     *
     * @param fallback the value when the key is missing; empty when it is then left out
     */
    private record Setting(String key, Type type, boolean required, Optional<Object> fallback) {}
}

package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.LoadSpec.Arrival;
import dev.stabilitylab.lab.script.LoadSpec.Closed;
import dev.stabilitylab.lab.script.LoadSpec.Open;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the section {@code load}. */
final class LoadReader {

    private static final int MAX_USERS = 5000;
    private static final int MAX_RATE = 5000;
    private static final int MAX_IN_FLIGHT = 10_000;
    private static final int DEFAULT_IN_FLIGHT = 1000;
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);
    private static final Duration MAX_PATIENCE = Duration.ofMinutes(5);
    private static final Duration MAX_THINK_TIME = Duration.ofMinutes(10);
    private static final String DEFAULT_AUTHORIZATION = "Token 0x132";
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{1,1000}");

    private LoadReader() {}

    static Optional<LoadSpec> read(Value load) {
        return load.section(List.of("closed", "open", "patience", "authorization"))
                .flatMap(LoadReader::read);
    }

    private static Optional<LoadSpec> read(Section load) {
        Duration patience = load.get("patience")
                .flatMap(value -> value.duration(Duration.ofMillis(1), MAX_PATIENCE))
                .orElse(DEFAULT_PATIENCE);
        String authorization =
                load.get("authorization").flatMap(LoadReader::authorization).orElse(DEFAULT_AUTHORIZATION);
        return load.requireOneOf(List.of("closed", "open"))
                .flatMap(kind -> kind.equals("closed")
                        ? load.get(kind).flatMap(value -> closed(value, patience, authorization))
                        : load.get(kind).flatMap(value -> open(value, patience, authorization)));
    }

    private static Optional<LoadSpec> closed(Value value, Duration patience, String authorization) {
        return value.section(List.of("users", "think-time")).flatMap(section -> {
            Optional<Integer> users = section.require("users").flatMap(count -> count.wholeNumber(1, MAX_USERS));
            Duration thinkTime = section.get("think-time")
                    .flatMap(pause -> pause.duration(Duration.ZERO, MAX_THINK_TIME))
                    .orElse(Duration.ZERO);
            return users.map(count -> new Closed(count, thinkTime, patience, authorization));
        });
    }

    private static Optional<LoadSpec> open(Value value, Duration patience, String authorization) {
        return value.section(List.of("rate", "arrival", "max-in-flight")).flatMap(section -> {
            Optional<Double> rate = section.require("rate").flatMap(LoadReader::rate);
            Arrival arrival = section.get("arrival")
                    .flatMap(kind -> kind.choice(List.of("fixed", "poisson")))
                    .map(kind -> Arrival.valueOf(kind.toUpperCase(Locale.ROOT)))
                    .orElse(Arrival.POISSON);
            int maxInFlight = section.get("max-in-flight")
                    .flatMap(count -> count.wholeNumber(1, MAX_IN_FLIGHT))
                    .orElse(DEFAULT_IN_FLIGHT);
            return rate.map(perSecond -> new Open(perSecond, arrival, maxInFlight, patience, authorization));
        });
    }

    private static Optional<String> authorization(Value value) {
        return value.text()
                .flatMap(text -> HEADER_VALUE.matcher(text).matches()
                        ? Optional.of(text)
                        : value.refuse("it must be up to 1000 characters of ASCII"));
    }

    private static Optional<Double> rate(Value value) {
        String wanted = "a number of requests a second, above 0 and up to " + MAX_RATE;
        return value.number(wanted)
                .flatMap(rate -> rate.signum() > 0 && rate.compareTo(BigDecimal.valueOf(MAX_RATE)) <= 0
                        ? Optional.of(rate.doubleValue())
                        : value.refuse("it must be " + wanted));
    }
}

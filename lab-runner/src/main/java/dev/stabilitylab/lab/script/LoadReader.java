package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.LoadSpec.Arrival;
import dev.stabilitylab.lab.script.LoadSpec.Closed;
import dev.stabilitylab.lab.script.LoadSpec.Group;
import dev.stabilitylab.lab.script.LoadSpec.Open;
import dev.stabilitylab.lab.script.LoadSpec.Reloads;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a section {@code load}. */
final class LoadReader {

    private static final int MAX_USERS = 5000;
    static final int MAX_RATE = 5000;
    private static final int MAX_IN_FLIGHT = 10_000;
    private static final int DEFAULT_IN_FLIGHT = 1000;
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);
    private static final Duration MAX_PATIENCE = Duration.ofMinutes(5);
    private static final Duration MAX_THINK_TIME = Duration.ofMinutes(10);
    private static final int MAX_RELOADS = 10;
    private static final Duration MAX_RELOAD_PAUSE = Duration.ofMinutes(1);
    private static final String DEFAULT_AUTHORIZATION = "Token 0x132";
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{1,1000}");

    private final Optional<Duration> end;

    /**
     * With what a load is checked against.
     *
     * @param end of the recording, if that is known
     */
    LoadReader(Optional<Duration> end) {
        this.end = end;
    }

    Optional<LoadSpec> read(Value load) {
        return load.section(List.of("closed", "open", "patience", "authorization", "reloads", "groups"))
                .flatMap(this::read);
    }

    private Optional<LoadSpec> read(Section load) {
        Duration patience = load.get("patience")
                .flatMap(value -> value.duration(Duration.ofMillis(1), MAX_PATIENCE))
                .orElse(DEFAULT_PATIENCE);
        String authorization =
                load.get("authorization").flatMap(LoadReader::authorization).orElse(DEFAULT_AUTHORIZATION);
        Reloads reloads = load.get("reloads").flatMap(LoadReader::reloads).orElse(null);
        List<Group> groups = load.get("groups")
                .map(new GroupsReader(end, authorization)::read)
                .orElse(Group.everybody(authorization));
        return load.requireOneOf(List.of("closed", "open"))
                .flatMap(kind -> kind.equals("closed")
                        ? load.get(kind).flatMap(value -> closed(value, patience, reloads, groups))
                        : load.get(kind).flatMap(value -> open(value, patience, reloads, groups)));
    }

    private static Optional<LoadSpec> closed(
            Value value, Duration patience, @Nullable Reloads reloads, List<Group> groups) {
        return value.section(List.of("users", "think-time")).flatMap(section -> {
            Optional<Integer> users = section.require("users").flatMap(count -> count.wholeNumber(1, MAX_USERS));
            Duration thinkTime = section.get("think-time")
                    .flatMap(pause -> pause.duration(Duration.ZERO, MAX_THINK_TIME))
                    .orElse(Duration.ZERO);
            return users.map(count -> new Closed(count, thinkTime, patience, reloads, groups));
        });
    }

    private static Optional<LoadSpec> open(
            Value value, Duration patience, @Nullable Reloads reloads, List<Group> groups) {
        return value.section(List.of("rate", "arrival", "max-in-flight")).flatMap(section -> {
            Optional<Double> rate = section.require("rate").flatMap(LoadReader::rate);
            Arrival arrival = section.get("arrival")
                    .flatMap(kind -> kind.choice(List.of("fixed", "poisson")))
                    .map(kind -> Arrival.valueOf(kind.toUpperCase(Locale.ROOT)))
                    .orElse(Arrival.POISSON);
            int maxInFlight = section.get("max-in-flight")
                    .flatMap(count -> count.wholeNumber(1, MAX_IN_FLIGHT))
                    .orElse(DEFAULT_IN_FLIGHT);
            return rate.map(perSecond -> new Open(perSecond, arrival, maxInFlight, patience, reloads, groups));
        });
    }

    private static Optional<Reloads> reloads(Value value) {
        return value.section(List.of("max", "pause")).flatMap(section -> {
            Optional<Integer> max = section.require("max").flatMap(count -> count.wholeNumber(1, MAX_RELOADS));
            Optional<Duration> pause =
                    section.require("pause").flatMap(time -> time.duration(Duration.ofMillis(1), MAX_RELOAD_PAUSE));
            return max.flatMap(count -> pause.map(time -> new Reloads(count, time)));
        });
    }

    static Optional<String> authorization(Value value) {
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

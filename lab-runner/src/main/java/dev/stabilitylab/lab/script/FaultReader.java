package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.Fault.Blackhole;
import dev.stabilitylab.lab.script.Fault.Down;
import dev.stabilitylab.lab.script.Fault.Errors;
import dev.stabilitylab.lab.script.Fault.Latency;
import dev.stabilitylab.lab.script.Fault.Slow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads the keys of an event that say how the upstream is broken. */
final class FaultReader {

    static final List<String> KINDS = List.of("down", "blackhole", "latency", "slow", "errors");
    private static final Duration MAX_LATENCY = Duration.ofMinutes(1);

    private FaultReader() {}

    static Optional<Fault> read(Section event) {
        Optional<String> kind = event.require("fault").flatMap(FaultReader::kind);
        Optional<Double> probability =
                event.get("probability").map(FaultReader::probability).orElse(Optional.of(1.0));
        if (kind.isEmpty() || probability.isEmpty()) {
            return Optional.empty();
        }
        return switch (kind.get()) {
            case "down" -> withoutLatency(event, new Down(probability.get()));
            case "blackhole" -> withoutLatency(event, new Blackhole(probability.get()));
            case "errors" -> withoutLatency(event, new Errors(probability.get()));
            case "slow" -> latency(event, (late, spread) -> new Slow(late, spread, probability.get()));
            default -> latency(event, (late, spread) -> new Latency(late, spread, probability.get()));
        };
    }

    private static Optional<String> kind(Value value) {
        return value.text()
                .flatMap(kind -> KINDS.contains(kind)
                        ? Optional.of(kind)
                        : value.refuse("there is no such fault" + Texts.suggestion(kind, KINDS)));
    }

    private static Optional<Double> probability(Value value) {
        String wanted = "a share of connections or requests, above 0 and up to 1";
        return value.number(wanted)
                .flatMap(share -> share.signum() > 0 && share.compareTo(BigDecimal.ONE) <= 0
                        ? Optional.of(share.doubleValue())
                        : value.refuse("it must be " + wanted));
    }

    private static Optional<Fault> withoutLatency(Section event, Fault fault) {
        for (String key : List.of("latency", "jitter")) {
            event.get(key).ifPresent(value -> value.refuse("only the faults latency and slow have it; remove it"));
        }
        return Optional.of(fault);
    }

    private static Optional<Fault> latency(Section event, BiFunction<Duration, Duration, Fault> fault) {
        Optional<Duration> latency =
                event.require("latency").flatMap(value -> value.duration(Duration.ofMillis(1), MAX_LATENCY));
        Optional<Duration> jitter = event.get("jitter")
                .map(value -> value.duration(Duration.ZERO, MAX_LATENCY)
                        .flatMap(time -> latency.isPresent() && time.compareTo(latency.get()) > 0
                                ? value.refuse(
                                        "it must not be above the latency, which is " + Durations.text(latency.get()))
                                : Optional.of(time)))
                .orElse(Optional.of(Duration.ZERO));
        return latency.flatMap(late -> jitter.map(spread -> fault.apply(late, spread)));
    }
}

package dev.stabilitylab.lab.report;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.script.Claim;
import dev.stabilitylab.lab.script.Expectation;
import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import dev.stabilitylab.lab.script.Simulation.Variant;
import dev.stabilitylab.lab.script.TimelineEvent;
import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A made-up run, alike on every call, that looks like a real one: an outage between a sixth and the half of each variant. */
public record SyntheticRun(Simulation simulation, List<Recording> recordings, RunResult result) {

    private static final List<SyntheticVariant> KINDS = List.of(
            new SyntheticVariant("retries-only", "Three retries with backoff, no breaker.", 85, 5, 6, false, true),
            new SyntheticVariant(
                    "breaker-outside-retry", "A breaker that counts exhausted calls.", 85, 5, 160, true, true),
            new SyntheticVariant("breaker-inside-retry", "A breaker that counts attempts.", 84, 92, 163, true, true),
            new SyntheticVariant("no-retries", "Short connect timeout, one attempt.", 86, 150, 158, false, false),
            new SyntheticVariant("long-timeout", "A timeout of 5 s, nothing else.", 85, 2, 2, false, false));

    /** Five variants of a minute each. */
    public static SyntheticRun typical() {
        return of("An upstream goes down for twenty seconds", 5, Duration.ofSeconds(60));
    }

    /** Like the typical one, with this title, number of variants and length. */
    public static SyntheticRun of(String title, int variants, Duration duration) {
        double from = seconds(duration) / 6;
        double to = seconds(duration) / 2;
        List<Variant> scripted = new ArrayList<>();
        List<Recording> recordings = new ArrayList<>();
        List<VariantResult> results = new ArrayList<>();
        for (int i = 0; i < variants; i++) {
            SyntheticVariant kind = KINDS.get(i % KINDS.size()).numbered(i / KINDS.size());
            scripted.add(new Variant(
                    kind.name(),
                    kind.description(),
                    null,
                    Map.of(),
                    List.of(new Expectation(
                            "rate in first seconds < 0.25 x rate in before",
                            40,
                            new Claim.EveryBreaker(Claim.BreakerState.CLOSED, null)))));
            recordings.add(kind.record(duration, from, to, i));
            results.add(figures(kind));
        }
        Simulation simulation = new Simulation(
                "outage",
                title,
                Path.of("simulations", "outage.yml"),
                new SystemSpec(SyntheticVariant.INSTANCES, Map.of()),
                new LoadSpec.Closed(20, Duration.ZERO, Duration.ofSeconds(5), "Token 0x132"),
                Duration.ofSeconds(5),
                duration,
                List.of(
                        new TimelineEvent.Inject(duration(from), "recommendations", new Fault.Down(1)),
                        new TimelineEvent.Heal(duration(to), "recommendations")),
                List.of("recommendations"),
                List.of(
                        new Phase("before", Duration.ZERO, duration(from)),
                        new Phase("first seconds", duration(from), duration(from + 3)),
                        new Phase("outage", duration(from + 5), duration(to)),
                        new Phase("after", duration(to + 5), duration)),
                scripted);
        boolean held = results.stream().flatMap(v -> v.expectations().stream()).allMatch(ExpectationResult::held);
        return new SyntheticRun(simulation, recordings, new RunResult("outage", "local", environment(), held, results));
    }

    /** The marks of every variant. */
    static List<Mark> marks(double from, double to) {
        return List.of(
                new Mark(duration(from), "recommendations", true, "recommendations down"),
                new Mark(duration(to), "recommendations", false, "recommendations heals"));
    }

    private static VariantResult figures(SyntheticVariant kind) {
        boolean dips = kind.dipRate() < 0.25 * kind.rate();
        return new VariantResult(
                kind.name(),
                List.of(
                        new PhaseFigures("before", kind.rate(), 1.0, 0.0, 88.4, 143.2, 201.0, 1.0),
                        new PhaseFigures("first seconds", kind.dipRate(), 0.982, 0.91, 1204.5, 2890.0, 3012.9, 3.9),
                        new PhaseFigures("outage", kind.outageRate(), 0.9971, 1.0, 48.1, 99.7, 1400.2, 0.02),
                        new PhaseFigures("after", kind.rate() - 9, null, null, null, null, null, null)),
                kind.breakers() ? 3420.0 : null,
                kind.breakers() ? 2105.0 : null,
                List.of(
                        new ExpectationResult(
                                "rate in first seconds < 0.25 x rate in before",
                                dips,
                                "%.1f %s %.1f".formatted(kind.dipRate(), dips ? "<" : ">=", 0.25 * kind.rate())),
                        new ExpectationResult("availability in outage >= 0.99", true, "0.9971 >= 0.99")));
    }

    private static Map<String, Object> environment() {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("machine", "2 cores, 4 GB, Linux 6.1 amd64");
        environment.put("jdk", "17.0.15+6 (Debian)");
        environment.put("versions", Map.of("stability-lab", "0.1.0", "spring-boot", "3.5.16"));
        return environment;
    }

    static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}

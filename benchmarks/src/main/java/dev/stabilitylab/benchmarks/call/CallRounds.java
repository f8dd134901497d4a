package dev.stabilitylab.benchmarks.call;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.failsafe.Failsafe;
import dev.stabilitylab.benchmarks.Page;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures every contestant once a round, each in a JVM of its own and with another one first in each round, so that whatever slows the
 * machine down for a while slows all of them. Writes the table into the docs.
 */
public final class CallRounds {

    static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put(CallTable.BARE, "bare: request and JSON only");
        TITLES.put("resilience4j", "Resilience4j: retry, breaker, bulkhead, metrics");
        TITLES.put("failsafe", "Failsafe: retry, breaker, bulkhead");
        TITLES.put("failsafeWithTimeout", "Failsafe: retry, breaker, bulkhead, timeout");
        TITLES.put("off", "api-client, everything off");
        TITLES.put("on", "api-client, everything on");
        TITLES.put("onWithKey", "api-client, everything on, answer kept for stale-if-error");
    }

    private CallRounds() {}

    /**
     * Measures, prints, and writes.
     *
     * @param args number of rounds, or {@code quick}; then the page to write, if any
     */
    public static void main(String[] args) throws RunnerException, IOException {
        boolean quick = args[0].equals("quick");
        int rounds = quick ? 1 : Integer.parseInt(args[0]);
        List<CallTable> tables = quick ? List.of(new CallTable(8)) : List.of(new CallTable(1), new CallTable(8));
        for (int round = 0; round < rounds; round++) {
            measure(round, quick, tables);
        }
        StringBuilder text = new StringBuilder("%s; %s.\n".formatted(Page.circumstances(rounds), versions()));
        tables.forEach(table -> text.append(table.text(TITLES)));
        System.out.println(text);
        if (args.length > 1) {
            Page.write(Path.of(args[1]), "call", text.toString());
        }
    }

    private static void measure(int round, boolean quick, List<CallTable> tables) throws RunnerException {
        List<String> order = new ArrayList<>(TITLES.keySet());
        Collections.rotate(order, -round);
        for (CallTable table : tables) {
            for (String contestant : order) {
                double nanos = table.add(contestant, run(contestant, table.threads(), quick));
                System.err.printf("round %d, %d threads, %s: %.0f ns%n", round + 1, table.threads(), contestant, nanos);
            }
        }
    }

    private static RunResult run(String contestant, int threads, boolean quick) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(CallBenchmark.class.getName() + "\\." + contestant + "$")
                        .threads(threads)
                        .forks(1)
                        .warmupIterations(quick ? 1 : 12)
                        .warmupTime(TimeValue.milliseconds(quick ? 50 : 1000))
                        .measurementIterations(quick ? 1 : 3)
                        .measurementTime(TimeValue.milliseconds(quick ? 50 : 1000))
                        .addProfiler(GCProfiler.class)
                        .addProfiler(ProcessorTime.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .runSingle();
    }

    private static String versions() {
        return String.join(
                ", ",
                Page.library(CircuitBreaker.class),
                Page.library(Failsafe.class),
                Page.library(MeterRegistry.class),
                Page.library(ObjectMapper.class));
    }
}

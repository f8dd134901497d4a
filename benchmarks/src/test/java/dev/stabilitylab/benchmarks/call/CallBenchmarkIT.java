package dev.stabilitylab.benchmarks.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Outcome;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class CallBenchmarkIT {

    @Test
    void runsEveryContestant() throws RunnerException {
        var options = new OptionsBuilder()
                .include(CallBenchmark.class.getName())
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(50))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();

        Collection<RunResult> results = new Runner(options).run();

        assertThat(results)
                .hasSameSizeAs(CallRounds.TITLES.keySet())
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }

    @Test
    void everyContestantReadsTheSameTenNumbers() {
        CallBenchmark benchmark = new CallBenchmark();

        assertThat(benchmark.bare())
                .hasSize(10)
                .isEqualTo(benchmark.resilience4j())
                .isEqualTo(benchmark.failsafe())
                .isEqualTo(benchmark.failsafeWithTimeout());
        assertThat(List.of(benchmark.off(), benchmark.on(), benchmark.onWithKey()))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Success.class,
                                success -> assertThat(success.value()).isEqualTo(benchmark.bare())));
    }
}

package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A good script that tests make bad, one change at a time. */
final class ScriptFixture {

    /** A script with one of everything. */
    static final String GOOD = """
            title: A test
            system:
              homepages: 2
              settings:
                recommendations: {service-kit.capacity.service-time: 80ms}
            load:
              closed: {users: 8, think-time: 0ms}
              patience: 10s
            warm-up: 6s
            duration: 36s
            timeline:
              - {at: 8s, fault: down, upstream: recommendations}
              - {at: 20s, heal: recommendations}
            phases:
              before: [0s, 8s]
              end of outage: [10s, 20s]
            variants:
              unprotected:
                description: Nothing helps.
                policies:
                  recommendations:
                    connect-timeout: 1s
                    attempt-timeout: 1.5s
                    deadline: 0
                    retry: {max-attempts: 4, wait-duration: 1.5s, jitter: equal}
                    circuit-breaker: {sliding-window-size: 5, minimum-number-of-calls: 5, failure-rate-threshold: 100, wait-duration-in-open-state: 2s}
                    bulkhead:
                expect:
                  - rate in end of outage < 0.25 x rate in before
              fail-fast:
                expect:
                  - every breaker closed
            """;

    private ScriptFixture() {}

    /** The good script with one line changed. */
    static String with(String from, String to) {
        assertThat(GOOD).containsOnlyOnce(from);
        return GOOD.replace(from, to);
    }

    static Simulation read(Path folder, String text) {
        return ScriptReader.read(write(folder, text));
    }

    /** The problems of a script, without the path before {@code test.yml}. */
    static List<String> problems(Path folder, String text) {
        Path file = write(folder, text);
        return problems(folder, file);
    }

    static List<String> problems(Path folder, Path file) {
        ScriptException exception = catchThrowableOfType(ScriptException.class, () -> ScriptReader.read(file));
        assertThat(exception).as("the script must be refused").isNotNull();
        assertThat(exception).hasMessage(String.join("\n", exception.problems()));
        return exception.problems().stream()
                .map(problem -> problem.replace(folder + File.separator, ""))
                .toList();
    }

    private static Path write(Path folder, String text) {
        try {
            return Files.writeString(folder.resolve("test.yml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

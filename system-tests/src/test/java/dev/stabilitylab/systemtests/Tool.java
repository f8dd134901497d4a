package dev.stabilitylab.systemtests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that these tests need and a JDK does not bring. */
record Tool(Path executable) {

    /** Skips the test, by name, where the program is not installed. {@code .ci/run} fails when a test was skipped. */
    static Tool require(String name) {
        Optional<Tool> found = find(name);
        assumeTrue(found.isPresent(), () -> name + " is not in the PATH");
        return found.orElseThrow();
    }

    private static Optional<Tool> find(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Tool::new)
                .findFirst();
    }

    /**
     * Runs it to its end, or kills it after the limit.
     *
     * @return its status, and all that it printed
     */
    Result run(Path directory, Duration limit, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tool", ".txt");
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return new Result(ended ? process.exitValue() : -1, text);
    }

    /** A program that has ended; the status is -1 when it had to be killed. */
    record Result(int status, String output) {}
}

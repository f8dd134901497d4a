package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * All that toxiproxy-node-client offers, unmodified: {@code src/test/node}. Skipped, with the reason, where node or npm is not
 * installed or the client cannot be had; {@code .ci/run} fails when a test was skipped.
 */
class ToxiproxyNodeClientIT extends Conformance {

    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path TARGET = Path.of("target/node");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "client.test.js");
    private static final long LIMIT_SECONDS = 120;

    @Test
    @Timeout(3 * LIMIT_SECONDS)
    void worksWithTheNodeClient() throws Exception {
        assumeTrue(isInstalled("node"), "node is not in the PATH");
        assumeTrue(isInstalled("npm"), "npm is not in the PATH");
        copySources();
        Ended installed = npm("ci", "--prefer-offline", "--no-audit", "--no-fund");
        assumeTrue(installed.status == 0, () -> "npm cannot install the client: " + installed.output);

        Ended tested = npm("test");

        assertThat(tested.status).as(tested.output).isZero();
        assertThat(tested.output).contains("reset_peer downstream", "populates").containsPattern("fail 0\\b");
    }

    private static void copySources() throws IOException {
        Files.createDirectories(TARGET);
        for (String file : FILES) {
            Files.copy(SOURCES.resolve(file), TARGET.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private Ended npm(String... arguments) throws IOException, InterruptedException {
        Path output = TARGET.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder("npm");
        builder.command().addAll(List.of(arguments));
        builder.environment().put("CONTROL_URL", "http://127.0.0.1:" + api().port());
        Process process = builder.directory(TARGET.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Ended(ended ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
    }

    /** A program that has ended; the status is -1 when it had to be killed. */
    private record Ended(int status, String output) {}
}

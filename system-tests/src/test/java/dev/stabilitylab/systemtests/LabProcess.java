package dev.stabilitylab.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The lab from its jar, as a person's shell would start it. */
final class LabProcess implements AutoCloseable {

    /** The ports of a system with two homepages, without offset. */
    static final List<Integer> PORTS =
            List.of(8000, 8001, 8011, 8002, 8003, 8474, 9000, 9001, 9011, 9002, 9003, 18000, 18002, 18003);

    private static final Path JAR = Project.file("lab-runner/target/lab-runner.jar");

    private final Process process;
    private final Path output;
    private final List<Line> errors = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader = new Thread(this::readErrors, "lab-stderr");

    private LabProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        reader.start();
    }

    /** A line of standard error, and when it came. */
    record Line(Instant at, String text) {}

    /** Starts {@code ./lab} with these arguments. */
    static LabProcess start(Path directory, String... arguments) throws IOException {
        return start(directory, Map.of(), arguments);
    }

    /** The same, with these environment variables beside those of this process. */
    static LabProcess start(Path directory, Map<String, String> environment, String... arguments) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("%s is missing; build the whole project".formatted(JAR));
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlab.home=" + Project.ROOT,
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "stdout", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new LabProcess(builder.start(), output);
    }

    int exitStatus(int limitSeconds) throws InterruptedException {
        if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
            throw new AssertionError("the lab is still running after %d s".formatted(limitSeconds));
        }
        reader.join(TimeUnit.SECONDS.toMillis(limitSeconds));
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** Standard error, as far as it has come. */
    List<Line> errors() {
        synchronized (errors) {
            return List.copyOf(errors);
        }
    }

    private void readErrors() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                errors.add(new Line(Instant.now(), line));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** An offset at which every port of the system is free, out of the way of the lab's tests, which may run at the same time. */
    static int freeOffset() {
        RandomGenerator random = RandomGenerator.getDefault();
        return IntStream.generate(() -> random.nextInt(500, 4_400))
                .filter(offset -> PORTS.stream().allMatch(port -> isFree(port + offset)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Ends it if it still runs, as Ctrl-C would, so that it takes its services along. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the lab does not end, though it was asked to");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

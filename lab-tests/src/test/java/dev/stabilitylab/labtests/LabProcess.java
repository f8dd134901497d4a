package dev.stabilitylab.labtests;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The real lab, from its jar, as a person's shell would start it; on ports that nobody else uses. */
final class LabProcess implements AutoCloseable {

    /** The ports of a system with two homepages, without offset. */
    static final List<Integer> PORTS =
            List.of(8000, 8001, 8011, 8002, 8003, 8474, 9000, 9001, 9011, 9002, 9003, 18000, 18002, 18003);

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JAR = PROJECT.resolve("lab-runner/target/lab-runner.jar");
    private static final int LIMIT_SECONDS = 240;

    private final Process process;
    private final Path errors;

    private LabProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static LabProcess start(Path directory, String... arguments) throws IOException {
        return startAt(PROJECT, directory, arguments);
    }

    /**
     * The same somewhere else.
     *
     * @param home stands in for the project's folder
     */
    static LabProcess startAt(Path home, Path directory, String... arguments) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("%s is missing; build the whole project".formatted(JAR));
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlab.home=" + home,
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(directory, "stderr", ".txt");
        return new LabProcess(
                new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    Process process() {
        return process;
    }

    /** Reads standard output until a line has this text; fails when it ends before. */
    void awaitLine(String text) throws IOException {
        BufferedReader out = process.inputReader();
        String line;
        while ((line = out.readLine()) != null) {
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("no line with \"%s\"; standard error was:%n%s".formatted(text, errors()));
    }

    /** All of standard output, to its end. */
    String output() throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    int exitStatus() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after %d s".formatted(LIMIT_SECONDS));
        }
        return process.exitValue();
    }

    /**
     * An offset at which every port of the system is free, below the operating system's own range of short-lived ports, and out of the
     * way of the system tests, which may run at the same time.
     */
    static int freeOffset() {
        RandomGenerator random = RandomGenerator.getDefault();
        return IntStream.generate(() -> random.nextInt(5_500, 9_900))
                .filter(offset -> PORTS.stream().allMatch(port -> isFree(port + offset)))
                .findFirst()
                .orElseThrow();
    }

    static boolean isFree(int port) {
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

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

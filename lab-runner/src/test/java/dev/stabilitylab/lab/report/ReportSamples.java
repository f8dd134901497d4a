package dev.stabilitylab.lab.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Writes the reports of the made-up run into a directory, to look at: {@code ReportSamples DIRECTORY}. */
final class ReportSamples {

    private ReportSamples() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        write(SyntheticRun.typical(), directory.resolve("typical"));
        write(
                SyntheticRun.of("Über </script><script>alert(1)</script> 推荐", 10, Duration.ofMinutes(10)),
                directory.resolve("many"));
    }

    private static void write(SyntheticRun run, Path directory) throws IOException {
        System.out.println(ReportWriter.write(run.simulation(), run.recordings(), run.result(), directory));
    }
}

package dev.stabilitylab.lab.report;

import java.io.IOException;
import java.nio.file.Path;

/** Writes the reports of the made-up run into a directory, to look at: {@code ReportSamples DIRECTORY}. */
final class ReportSamples {

    private ReportSamples() {}

    public static void main(String[] args) throws IOException {
        SyntheticRun run = SyntheticRun.typical();
        System.out.println(ReportWriter.write(run.simulation(), run.recordings(), run.result(), Path.of(args[0])));
    }
}

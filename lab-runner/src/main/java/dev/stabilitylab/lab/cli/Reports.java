package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.report.ReportWriter;
import dev.stabilitylab.lab.run.FinishedRun;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.verdict.RepeatedResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the files of a script's runs: of a single run into the folder, of several into a folder each below it, by their number. What cannot be
 * written is told at the end, since a full disk must not cost the verdict.
 */
final class Reports {

    private final Simulation simulation;
    private final Path folder;
    private final int runs;
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean complete = true;

    Reports(Simulation simulation, Path folder, int runs) {
        this.simulation = simulation;
        this.folder = folder;
        this.runs = runs;
    }

    Path folder() {
        return folder;
    }

    void write(FinishedRun run) {
        Path directory = runs == 1 ? folder : folder.resolve(String.valueOf(run.number()));
        try {
            notes.addAll(ReportWriter.write(
                            simulation, run.recordings(), run.judgement().result(), directory)
                    .notes());
        } catch (IOException problem) {
            miss(directory, problem);
        }
    }

    void write(RepeatedResult result) {
        try {
            ReportWriter.write(result, folder);
        } catch (IOException problem) {
            miss(folder, problem);
        }
    }

    private void miss(Path directory, IOException problem) {
        complete = false;
        notes.add("The report in %s is not complete: %s".formatted(directory, problem));
    }

    /** Whether all could be written. */
    boolean areComplete() {
        return complete;
    }

    /** What could not be written or drawn, and where the rest is, in sentences. */
    List<String> notes() {
        Set<String> all = new LinkedHashSet<>(notes);
        if (runs == 1) {
            all.add("Report: " + folder.resolve("report.html"));
        } else {
            all.add("Reports: %s to %d".formatted(folder.resolve("1"), runs));
            all.add("All runs: " + folder.resolve("repeats.json"));
        }
        return List.copyOf(all);
    }
}

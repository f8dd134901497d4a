package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.report.terminal.SummaryReport.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A script that was played, or was to be.
 *
 * @param status the exit status, by itself
 * @param notes what else there is to say, in sentences
 * @param folder where its report is
 */
record PlayedScript(String name, ScriptOutcome outcome, int status, List<String> notes, Duration took, Path folder) {

    /** The line for it when several were played; with a path that can be clicked and typed where the lab was called. */
    Row row() {
        Path here = Path.of("").toAbsolutePath();
        return new Row(
                name,
                status == ExitStatus.HELD,
                outcome.words(),
                took,
                (folder.startsWith(here) ? here.relativize(folder) : folder).toString());
    }
}

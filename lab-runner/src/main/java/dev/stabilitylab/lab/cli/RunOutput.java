package dev.stabilitylab.lab.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.stabilitylab.lab.report.terminal.SummaryReport;
import dev.stabilitylab.lab.report.terminal.Terminal;
import dev.stabilitylab.lab.script.Simulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Prints what came of scripts: for people, and with {@code --json} for programs. Standard output belongs to the programs then. */
final class RunOutput {

    private final boolean json;
    private final PrintWriter stdout;
    private final PrintWriter text;
    private final Terminal terminal;

    RunOutput(boolean json, PrintWriter stdout, PrintWriter stderr) {
        this.json = json;
        this.stdout = stdout;
        this.text = json ? stderr : stdout;
        this.terminal = json ? Terminal.standardError() : Terminal.standardOutput();
    }

    /** The headline of one of several scripts. */
    void begin(Simulation simulation, int number, int count) {
        text.println("%s%s (%d of %d): %s"
                .formatted(
                        number == 1 ? "" : System.lineSeparator(),
                        simulation.name(),
                        number,
                        count,
                        simulation.title()));
        text.flush();
    }

    void print(PlayedScript played) throws IOException {
        text.println();
        played.outcome().print(terminal, text);
        played.notes().forEach(text::println);
        text.flush();
    }

    /** The end, when one script was to be played. */
    void end(PlayedScript only) throws IOException {
        printJson(only.outcome().json());
    }

    /** The end, when all scripts were to be played. */
    void end(List<PlayedScript> all) throws IOException {
        text.println();
        new SummaryReport(terminal).print(all.stream().map(PlayedScript::row).toList(), text);
        text.flush();
        printJson(all.stream().map(played -> played.outcome().json()).toList());
    }

    private void printJson(Object result) throws IOException {
        if (json) {
            stdout.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(result));
            stdout.flush();
        }
    }
}

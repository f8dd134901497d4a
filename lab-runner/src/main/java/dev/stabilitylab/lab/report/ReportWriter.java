package dev.stabilitylab.lab.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.report.html.HtmlReport;
import dev.stabilitylab.lab.report.png.PngUnavailableException;
import dev.stabilitylab.lab.report.timeline.Timeline;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.verdict.RepeatedResult;
import dev.stabilitylab.lab.verdict.RunResult;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the outcome of a run into a directory: {@code report.html}, {@code result.json}, {@code timeline.csv}, {@code
 * pages.png}, and a PNG for each variant. Files of an earlier run by the same names are replaced.
 */
public final class ReportWriter {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path directory;
    private final List<Path> files = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private ReportWriter(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes all files. Where pictures cannot be drawn, as on a server without fonts, the rest is written and a note says so.
     *
     * @param recordings one for each variant, in the order of the script
     * @param directory is created when missing
     * @throws IOException when a file cannot be written
     */
    public static WrittenReport write(
            Simulation simulation, List<Recording> recordings, RunResult result, Path directory) throws IOException {
        Files.createDirectories(directory);
        ReportWriter writer = new ReportWriter(directory);
        writer.text("report.html", HtmlReport.render(simulation, recordings, result));
        writer.text("result.json", JSON.writeValueAsString(result) + "\n");
        writer.csv(recordings);
        writer.pictures(simulation, recordings);
        return new WrittenReport(List.copyOf(writer.files), List.copyOf(writer.notes));
    }

    /**
     * Writes what came of several runs into {@code repeats.json}.
     *
     * @param directory is created when missing
     * @throws IOException when the file cannot be written
     */
    public static void write(RepeatedResult result, Path directory) throws IOException {
        Files.createDirectories(directory);
        new ReportWriter(directory).text("repeats.json", JSON.writeValueAsString(result) + "\n");
    }

    private void text(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text);
        files.add(file);
    }

    private void csv(List<Recording> recordings) throws IOException {
        Path file = directory.resolve("timeline.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            TimelineCsv.write(recordings.stream().map(Timeline::of).toList(), out);
        }
        files.add(file);
    }

    private void pictures(Simulation simulation, List<Recording> recordings) throws IOException {
        try {
            files.addAll(Pictures.write(simulation, recordings, directory));
        } catch (PngUnavailableException e) {
            notes.add(e.getMessage());
        }
    }
}

package dev.stabilitylab.lab.report;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.report.png.PngChart;
import dev.stabilitylab.lab.report.png.PngCharts;
import dev.stabilitylab.lab.report.png.PngUnavailableException;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pictures of a run as files: {@code pages.png}, and one for each variant, named like it. */
public final class Pictures {

    private Pictures() {}

    /** The files' names when every variant is played. */
    public static List<String> names(Simulation simulation) {
        FileNames names = new FileNames();
        return Stream.concat(
                        Stream.of(PngCharts.OVERVIEW),
                        simulation.variants().stream().map(Variant::name))
                .map(name -> names.next(name, ".png"))
                .toList();
    }

    /**
     * Draws them.
     *
     * @param recordings one for each variant that was played, in the order of the script
     * @param directory is created when missing
     * @return the files, in the order of {@link #names}
     * @throws PngUnavailableException when the runtime lacks what it takes to draw text
     * @throws IOException when a file cannot be written
     */
    public static List<Path> write(Simulation simulation, List<Recording> recordings, Path directory)
            throws PngUnavailableException, IOException {
        Files.createDirectories(directory);
        FileNames names = new FileNames();
        List<Path> files = new ArrayList<>();
        for (PngChart chart : PngCharts.of(simulation, recordings)) {
            Path file = directory.resolve(names.next(chart.name(), ".png"));
            Files.write(file, chart.render());
            files.add(file);
        }
        return List.copyOf(files);
    }
}

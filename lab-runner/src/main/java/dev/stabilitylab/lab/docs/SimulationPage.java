package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.docs.Directive.Expectations;
import dev.stabilitylab.lab.docs.Directive.Table;
import dev.stabilitylab.lab.docs.Part.Block;
import dev.stabilitylab.lab.docs.Part.Prose;
import dev.stabilitylab.lab.report.Pictures;
import dev.stabilitylab.lab.report.png.PngUnavailableException;
import dev.stabilitylab.lab.script.ScriptException;
import dev.stabilitylab.lab.script.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page of one simulation, and the pictures that belong to it. */
public final class SimulationPage {

    private static final Pattern PICTURE = Pattern.compile("!\\[[^\\]]*\\]\\(([^)\\s]+\\.png)\\)");

    private final Path home;
    private final Path file;
    private final Path pictures;
    private final Simulation simulation;
    private final Page page;
    private final FileBlocks fromFiles;

    /**
     * Reads a page.
     *
     * @param home the project's folder
     * @param file the page in it
     * @param pictures the folder for its pictures
     * @throws IOException when it cannot be read
     */
    SimulationPage(Path home, Path file, Path pictures, Simulation simulation) throws IOException {
        this.home = home;
        this.file = file;
        this.pictures = pictures;
        this.simulation = simulation;
        this.page = PageParser.parse(Files.readString(file));
        this.fromFiles = new FileBlocks(simulation, new Quotes(home), file.resolveSibling(""));
    }

    /** What the page is about, as it stands in the script. */
    public Simulation simulation() {
        return simulation;
    }

    /**
     * Makes sure that the page can be filled, before anything is played for it.
     *
     * @throws ScriptException with everything that only its author can mend
     */
    public void requireSound() {
        List<String> problems = located(mistakes());
        if (!problems.isEmpty()) {
            throw new ScriptException(problems);
        }
    }

    /** Everything that is wrong with the page: the author's mistakes, and what files or scripts have left behind. */
    List<String> problems() {
        return located(Stream.concat(mistakes().stream(), leftBehind().stream()).toList());
    }

    /**
     * Fills the blocks that show files: quotes, and the timeline's events.
     *
     * @return whether the page has changed
     * @throws IOException when it cannot be written
     */
    public boolean refresh() throws IOException {
        return fill(block -> fromFiles.text(block.directive()));
    }

    /**
     * Fills every block, and draws the pictures of the first run.
     *
     * @param played the simulation as it was played, that is, scaled if it was scaled
     * @param runs at least one
     * @return the pictures
     * @throws PngUnavailableException when the runtime cannot draw; the page is as it was then
     * @throws IOException when something cannot be written
     */
    public List<Path> fill(Simulation played, List<PlayedRun> runs) throws PngUnavailableException, IOException {
        List<Path> drawn = Pictures.write(played, runs.get(0).recordings(), pictures);
        RunBlocks fromRuns = new RunBlocks(played, runs);
        fill(block -> {
            String text = fromFiles.text(block.directive());
            return text == null ? fromRuns.text(block.directive()) : text;
        });
        return drawn;
    }

    private boolean fill(Function<Block, @Nullable String> content) throws IOException {
        String filled = page.filled(content);
        if (filled.equals(Files.readString(file))) {
            return false;
        }
        Files.writeString(file, filled);
        return true;
    }

    private List<Problem> mistakes() {
        List<Problem> problems = new ArrayList<>(page.problems());
        Tables tables = new Tables(simulation);
        for (Block block : page.blocks()) {
            try {
                fromFiles.text(block.directive());
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(block.line(), String.valueOf(e.getMessage())));
            }
            if (block.directive() instanceof Table table) {
                tables.problems(table).forEach(problem -> problems.add(new Problem(block.line(), problem)));
            }
        }
        return problems;
    }

    private List<Problem> leftBehind() {
        List<Problem> problems = new ArrayList<>();
        for (Block block : page.blocks()) {
            String why = whyStale(block);
            if (why != null) {
                problems.add(new Problem(block.line(), why));
            }
        }
        page.prose().forEach(prose -> problems.addAll(missingPictures(prose)));
        Pictures.names(simulation).stream()
                .map(pictures::resolve)
                .filter(picture -> !Files.exists(picture))
                .map(picture -> new Problem(
                        1, "there is no picture %s; %s draws it".formatted(home.relativize(picture), command(""))))
                .forEach(problems::add);
        return problems;
    }

    private @Nullable String whyStale(Block block) {
        Directive directive = block.directive();
        String fresh;
        try {
            fresh = fromFiles.text(directive);
        } catch (IllegalArgumentException mistake) {
            // Told already, as a mistake of the author's.
            return null;
        }
        String mends = command(fresh == null ? "" : "--quotes ");
        if (block.text().isEmpty()) {
            return "lab:%s is empty; %s fills it".formatted(directive.name(), mends);
        }
        if (fresh != null) {
            return fresh.equals(block.text())
                    ? null
                    : "lab:%s is not what the file says now; %s renews it".formatted(directive.name(), mends);
        }
        return hasTheScriptsShape(directive, block.text())
                ? null
                : "lab:%s has other rows or columns than script and directive ask for; %s fills it anew"
                        .formatted(directive.name(), mends);
    }

    private boolean hasTheScriptsShape(Directive directive, String text) {
        Tables tables = new Tables(simulation);
        if (directive instanceof Table table) {
            return !tables.problems(table).isEmpty()
                    || tables.figures(table, (term, variant) -> "").isShapeOf(text);
        }
        return !(directive instanceof Expectations)
                || tables.expectations("", (variant, expectation) -> List.of("", ""))
                        .isShapeOf(text);
    }

    private List<Problem> missingPictures(Prose prose) {
        return PICTURE.matcher(prose.text())
                .results()
                .filter(link -> !link.group(1).contains("://"))
                .filter(link -> !Files.exists(file.resolveSibling(link.group(1))))
                .map(link -> new Problem(line(prose, link), "there is no picture " + link.group(1)))
                .toList();
    }

    private static int line(Prose prose, MatchResult match) {
        return prose.line()
                + (int) prose.text()
                        .substring(0, match.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private String command(String options) {
        return "./lab docs %s%s".formatted(options, simulation.name());
    }

    private List<String> located(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.in(home.relativize(file)))
                .toList();
    }
}

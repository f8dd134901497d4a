package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.docs.Directive.Events;
import dev.stabilitylab.lab.docs.Directive.Quote;
import dev.stabilitylab.lab.script.Simulation;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What blocks show of the project's files, without a run. */
final class FileBlocks {

    private final Simulation simulation;
    private final Quotes quotes;
    private final Path folder;

    /**
     * For one page.
     *
     * @param simulation as it stands in its script
     * @param folder of the page
     */
    FileBlocks(Simulation simulation, Quotes quotes, Path folder) {
        this.simulation = simulation;
        this.quotes = quotes;
        this.folder = folder;
    }

    /**
     * The content, or null for a directive that takes a run.
     *
     * @throws IllegalArgumentException with a sentence, when what is to be quoted is not there
     */
    @Nullable
    String text(Directive directive) {
        if (directive instanceof Quote quote) {
            return quotes.text(quote, folder);
        }
        return directive instanceof Events ? events() : null;
    }

    /** Markdown numbers a list by itself, from the first number on. */
    private String events() {
        if (simulation.timeline().isEmpty()) {
            return "Nothing happens.";
        }
        return IntStream.range(0, simulation.timeline().size())
                .mapToObj(i -> "%d. At %s: %s."
                        .formatted(
                                i + 1,
                                seconds(simulation.timeline().get(i).at()),
                                simulation.timeline().get(i).text()))
                .collect(Collectors.joining("\n"));
    }

    private static String seconds(Duration at) {
        BigDecimal seconds = BigDecimal.valueOf(at.toMillis(), 3).stripTrailingZeros();
        return seconds.toPlainString() + " s";
    }
}

package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.docs.Directive.Column;
import dev.stabilitylab.lab.docs.Directive.Table;
import dev.stabilitylab.lab.script.Expectation;
import dev.stabilitylab.lab.script.FigureReader;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Variant;
import dev.stabilitylab.lab.script.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The tables of a simulation: what stands at their edges is known from the script, what is in them takes a run. */
final class Tables {

    private final Simulation simulation;
    private final FigureReader figures;

    Tables(Simulation simulation) {
        this.simulation = simulation;
        this.figures = new FigureReader(simulation);
    }

    /** Everything that the table speaks of and the script does not have, a sentence each. */
    List<String> problems(Table table) {
        List<String> known = names();
        List<String> problems = new ArrayList<>();
        table.variants().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add("lab:table names the variant \"%s\"; the variants of %s are %s"
                        .formatted(name, simulation.name(), String.join(", ", known))));
        for (Column column : table.columns()) {
            try {
                figures.read(column.figure());
            } catch (IllegalArgumentException e) {
                problems.add("lab:table has the column \"%s\": %s".formatted(column.figure(), e.getMessage()));
            }
        }
        return problems;
    }

    /**
     * A row for each variant.
     *
     * @param cell what stands there, by figure and variant
     */
    MarkdownTable figures(Table table, BiFunction<Term, String, String> cell) {
        List<Term> terms = table.columns().stream()
                .map(column -> figures.read(column.figure()))
                .toList();
        List<String> head = Stream.concat(
                        Stream.of("variant"),
                        table.columns().stream().map(column -> MarkdownTable.cell(column.label())))
                .toList();
        List<String> variants = table.variants().isEmpty() ? names() : table.variants();
        return new MarkdownTable(
                head,
                variants.stream()
                        .map(variant -> Stream.concat(
                                        Stream.of(code(variant)),
                                        terms.stream().map(term -> MarkdownTable.cell(cell.apply(term, variant))))
                                .toList())
                        .toList());
    }

    /**
     * A row for each expectation.
     *
     * @param measured heads the column that says what was measured
     * @param cells what was measured and whether it held, by variant and expectation
     */
    MarkdownTable expectations(String measured, BiFunction<String, String, List<String>> cells) {
        List<List<String>> rows = new ArrayList<>();
        for (Variant variant : simulation.variants()) {
            for (Expectation expectation : variant.expectations()) {
                rows.add(Stream.concat(
                                Stream.of(code(variant.name()), code(expectation.text())),
                                cells.apply(variant.name(), expectation.text()).stream()
                                        .map(MarkdownTable::cell))
                        .toList());
            }
        }
        return new MarkdownTable(List.of("variant", "expectation", measured, "held"), rows);
    }

    private List<String> names() {
        return simulation.variants().stream().map(Variant::name).toList();
    }

    private static String code(String text) {
        return "`" + MarkdownTable.cell(text) + "`";
    }
}

package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.LoadSpec.Group;
import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.script.Simulation.Variant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Understands figures as expectations name them, for whoever shows them rather than compares them. */
public final class FigureReader {

    private final ExpectationParser parser;

    /** With the phases, variants and groups that figures may name. */
    public FigureReader(Simulation simulation) {
        this.parser = new ExpectationParser(
                simulation.phases().stream().map(Phase::name).toList(),
                groups(simulation),
                !simulation.watched().isEmpty());
    }

    private static Map<String, List<String>> groups(Simulation simulation) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (Variant variant : simulation.variants()) {
            groups.put(
                    variant.name(),
                    simulation.loadOf(variant).groups().stream()
                            .map(Group::name)
                            .toList());
        }
        return groups;
    }

    /**
     * Understands a figure such as {@code rate in first seconds}.
     *
     * @throws IllegalArgumentException with the half of a sentence that says what is wrong with it
     */
    public Term read(String words) {
        return parser.figure(words);
    }
}

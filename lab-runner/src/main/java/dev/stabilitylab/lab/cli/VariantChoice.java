package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.script.ScriptException;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Variant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The variants that a person asked for. */
final class VariantChoice {

    private VariantChoice() {}

    /**
     * The simulation with these variants only.
     *
     * @param names none for all
     */
    static Simulation of(Simulation simulation, List<String> names) {
        if (names.isEmpty()) {
            return simulation;
        }
        List<String> known = simulation.variants().stream().map(Variant::name).toList();
        Set<String> unknown = new TreeSet<>(names);
        known.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new ScriptException(List.of("--variant is %s; the variants of %s are %s"
                    .formatted(String.join(", ", unknown), simulation.name(), String.join(", ", known))));
        }
        List<Variant> chosen = simulation.variants().stream()
                .filter(variant -> names.contains(variant.name()))
                .toList();
        return simulation.withVariants(chosen);
    }
}

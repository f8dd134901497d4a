package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.LoadSpec.Group;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Under which load each variant is played, as far as the other sections of a script speak of it. What is wrong with a load in itself
 * is no matter here: one mistake, one problem.
 */
final class Loads {

    private final Map<String, Optional<Value>> byVariant = new LinkedHashMap<>();

    /** Looks at the loads of a script, and of its variants. */
    Loads(Section script) {
        Optional<Value> common = script.get("load");
        Optional<Section> variants = script.get("variants").flatMap(Value::names);
        variants.ifPresent(section -> section.keys()
                .forEach(name -> byVariant.put(
                        name,
                        section.get(name)
                                .flatMap(Value::names)
                                .flatMap(variant -> variant.get("load"))
                                .or(() -> common))));
    }

    /** The groups of users by variant, both in the script's order. */
    Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        byVariant.forEach((variant, load) -> groups.put(
                variant,
                load.flatMap(Value::names)
                        .flatMap(section -> section.get("groups"))
                        .flatMap(Value::names)
                        .map(section -> List.copyOf(section.keys()))
                        .orElse(List.of(Group.EVERYBODY))));
        return groups;
    }

    /** Where the loads stand that have no rate. */
    List<String> closed() {
        return byVariant.values().stream()
                .flatMap(Optional::stream)
                .filter(load -> load.names()
                        .filter(section -> section.get("closed").isPresent()
                                && section.get("open").isEmpty())
                        .isPresent())
                .map(Value::path)
                .distinct()
                .toList();
    }
}

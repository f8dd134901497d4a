package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.Simulation.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the section {@code variants}. */
final class VariantsReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private final Section variants;
    private final LoadReader loads;
    private final ExpectationParser parser;

    VariantsReader(Section variants, LoadReader loads, ExpectationParser parser) {
        this.variants = variants;
        this.loads = loads;
        this.parser = parser;
    }

    List<Variant> read() {
        List<Variant> read = new ArrayList<>();
        for (String name : variants.keys()) {
            variants.get(name).ifPresent(value -> {
                checkName(name, value);
                value.section(List.of("description", "load", "policies", "expect"))
                        .map(section -> variant(name, section))
                        .ifPresent(read::add);
            });
        }
        return List.copyOf(read);
    }

    private void checkName(String name, Value value) {
        if (!NAME.matcher(name).matches()) {
            value.problems()
                    .add(
                            variants.lineOf(name),
                            "%s is not a name for a variant; it must be up to 40 small letters, digits and hyphens"
                                    .formatted(value.path()));
        }
    }

    private Variant variant(String name, Section section) {
        String description = section.get("description").flatMap(Value::text).orElse("");
        LoadSpec load = section.get("load").flatMap(loads::read).orElse(null);
        Map<PolicyTarget, PolicySpec> policies =
                section.get("policies").map(PoliciesReader::read).orElse(Map.of());
        List<Expectation> expectations =
                section.get("expect").map(value -> expectations(name, value)).orElse(List.of());
        return new Variant(name, description, load, policies, expectations);
    }

    private List<Expectation> expectations(String variant, Value value) {
        return value.list().orElse(List.of()).stream()
                .map(item -> expectation(variant, item))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Expectation> expectation(String variant, Value value) {
        return value.text().flatMap(text -> {
            try {
                return Optional.of(new Expectation(text, value.line(), parser.parse(text, variant)));
            } catch (IllegalArgumentException e) {
                return value.refuse(String.valueOf(e.getMessage()));
            }
        });
    }
}

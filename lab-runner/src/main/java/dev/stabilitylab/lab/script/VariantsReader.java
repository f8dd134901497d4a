package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.Simulation.Variant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the section {@code variants}. */
final class VariantsReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private final Section variants;
    private final ExpectationParser parser;

    /**
     * With what the expectations may speak of.
     *
     * @param phases the names of the script's phases
     * @param breaksSomething whether the timeline has a fault
     */
    VariantsReader(Section variants, List<String> phases, boolean breaksSomething) {
        this.variants = variants;
        this.parser = new ExpectationParser(phases, List.copyOf(variants.keys()), breaksSomething);
    }

    List<Variant> read() {
        List<Variant> read = new ArrayList<>();
        for (String name : variants.keys()) {
            variants.get(name).ifPresent(value -> {
                checkName(name, value);
                value.section(List.of("description", "policies", "expect"))
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
        Map<String, PolicySpec> policies =
                section.get("policies").map(VariantsReader::policies).orElse(Map.of());
        List<Expectation> expectations =
                section.get("expect").map(this::expectations).orElse(List.of());
        return new Variant(name, description, policies, expectations);
    }

    private static Map<String, PolicySpec> policies(Value value) {
        Map<String, PolicySpec> policies = new LinkedHashMap<>();
        value.section(Upstreams.NAMES)
                .ifPresent(section -> section.keys()
                        .forEach(upstream -> section.get(upstream)
                                .flatMap(PolicyReader::read)
                                .ifPresent(policy -> policies.put(upstream, policy))));
        return Collections.unmodifiableMap(policies);
    }

    private List<Expectation> expectations(Value value) {
        return value.list().orElse(List.of()).stream()
                .map(this::expectation)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Expectation> expectation(Value value) {
        return value.text().flatMap(text -> {
            try {
                return Optional.of(new Expectation(text, value.line(), parser.parse(text)));
            } catch (IllegalArgumentException e) {
                return value.refuse(String.valueOf(e.getMessage()));
            }
        });
    }
}

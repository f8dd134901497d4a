package dev.stabilitylab.lab.script;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A mapping in a script. Duplicate keys are problems as soon as it is looked at. */
final class Section {

    private final String path;
    private final int line;
    private final Problems problems;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    Section(String path, MappingNode mapping, Problems problems) {
        this.path = path;
        this.line = mapping.getStartMark().getLine() + 1;
        this.problems = problems;
        mapping.getValue().forEach(this::add);
    }

    private void add(NodeTuple entry) {
        int keyLine = entry.getKeyNode().getStartMark().getLine() + 1;
        if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
            problems.add(keyLine, "a key%s is a list or a mapping; it must be text".formatted(inside()));
            return;
        }
        String key = scalar.getValue();
        Integer earlier = lines.putIfAbsent(key, keyLine);
        if (earlier != null) {
            problems.add(keyLine, "%s is there twice; it stands in line %d too".formatted(pathOf(key), earlier));
            return;
        }
        values.put(key, new Value(pathOf(key), entry.getValueNode(), problems));
    }

    Section refuseOtherKeysThan(Collection<String> keys) {
        values.keySet().stream().filter(key -> !keys.contains(key)).forEach(key -> refuseKey(key, keys));
        return this;
    }

    private void refuseKey(String key, Collection<String> keys) {
        String what = "%s is not a key that scripts have".formatted(pathOf(key));
        problems.add(lineOf(key), what + Texts.suggestion(key, keys));
    }

    /** The keys in the script's order. */
    Set<String> keys() {
        return values.keySet();
    }

    /** The line of a key, from 1. */
    int lineOf(String key) {
        return lines.getOrDefault(key, line);
    }

    /** The value of a key that may be missing. */
    Optional<Value> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value of a key that must be there. */
    Optional<Value> require(String key) {
        if (!lines.containsKey(key)) {
            problems.add(line, "%s is missing".formatted(pathOf(key)));
        }
        return get(key);
    }

    /** The only one of these keys that is there; more than one is a problem, as is none. */
    Optional<String> requireOneOf(List<String> keys) {
        List<String> present = keys.stream().filter(values::containsKey).toList();
        if (present.size() == 1) {
            return Optional.of(present.get(0));
        }
        String problem = present.isEmpty() ? "%s is missing" : "%s are there together; one of them must go";
        problems.add(
                present.isEmpty() ? line : lineOf(present.get(present.size() - 1)),
                problem.formatted(pathOf(String.join(present.isEmpty() ? " or " : " and ", keys))));
        return Optional.empty();
    }

    private String pathOf(String key) {
        return path.isEmpty() ? Texts.shown(key) : path + "." + Texts.shown(key);
    }

    private String inside() {
        return path.isEmpty() ? "" : " of " + path;
    }
}

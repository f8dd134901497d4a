package dev.stabilitylab.systemtests;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A mapping of a YAML file, asked for what may not be there. */
record YamlMap(Map<String, Object> values) {

    static YamlMap parse(String text) {
        return new YamlMap(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Set<String> keys() {
        return values.keySet();
    }

    /** The value in YAML's words, or nothing. */
    String text(String key) {
        return String.valueOf(values.getOrDefault(key, ""));
    }

    /** The elements of a sequence, in YAML's words; none when it is not one. */
    List<String> list(String key) {
        return values.get(key) instanceof List<?> elements
                ? elements.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The mapping at the end of this path; an empty one when there is none. */
    YamlMap map(String... path) {
        YamlMap map = this;
        for (String key : path) {
            map = new YamlMap(asMap(map.values.get(key)));
        }
        return map;
    }

    @SuppressWarnings("unchecked") // The keys of the files that we read are strings.
    private static Map<String, Object> asMap(@Nullable Object value) {
        return value instanceof Map ? (Map<String, Object>) value : Map.of();
    }
}

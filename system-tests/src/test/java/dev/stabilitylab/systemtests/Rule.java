package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A rule of Prometheus.
 *
 * @param group where in its file its group stands, from 0
 * @param index where in its group it stands, from 0
 * @param name what it records, or the alert that it raises
 * @param labels those that it adds
 */
record Rule(
        Path file,
        int group,
        int index,
        boolean isAlert,
        String name,
        String expression,
        Map<String, String> labels,
        Map<String, String> annotations) {

    private static final Path DIRECTORY = Project.file("prometheus/rules");

    /** All of the project. */
    static List<Rule> all() {
        return files().stream().flatMap(file -> in(file).stream()).toList();
    }

    static List<Path> files() {
        return Project.files(DIRECTORY, ".yml");
    }

    private static List<Rule> in(Path file) {
        List<Rule> rules = new ArrayList<>();
        JsonNode groups = YamlFile.read(file).path("groups");
        for (int group = 0; group < groups.size(); group++) {
            JsonNode ofGroup = groups.path(group).path("rules");
            for (int index = 0; index < ofGroup.size(); index++) {
                rules.add(of(file, group, index, ofGroup.path(index)));
            }
        }
        return rules;
    }

    private static Rule of(Path file, int group, int index, JsonNode rule) {
        boolean isAlert = rule.has("alert");
        return new Rule(
                file,
                group,
                index,
                isAlert,
                rule.path(isAlert ? "alert" : "record").asText(),
                rule.path("expr").asText().strip(),
                YamlFile.texts(rule.path("labels")),
                YamlFile.texts(rule.path("annotations")));
    }

    /** The text of its file without it. */
    String fileWithoutIt() {
        JsonNode content = YamlFile.read(file);
        ((ArrayNode) content.path("groups").path(group).path("rules")).remove(index);
        return content.toString();
    }

    /** Tells it from the others of its name. */
    @Override
    public String toString() {
        return labels.isEmpty() ? name : name + labels;
    }
}

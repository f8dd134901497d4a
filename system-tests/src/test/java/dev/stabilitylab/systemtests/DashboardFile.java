package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a dashboard of Grafana asks Prometheus for. */
final class DashboardFile {

    private static final String PROMETHEUS = "prometheus";

    private final Path file;
    private final JsonNode dashboard;

    private DashboardFile(Path file, JsonNode dashboard) {
        this.file = file;
        this.dashboard = dashboard;
    }

    static DashboardFile read(Path file) {
        try {
            return new DashboardFile(file, new ObjectMapper().readTree(Project.text(file)));
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(file + " is not JSON", failure);
        }
    }

    /** All of the project. */
    static List<DashboardFile> all() {
        return Project.files(Project.file("grafana/dashboards"), ".json").stream()
                .map(DashboardFile::read)
                .toList();
    }

    /**
     * One expression of a panel, or of an annotation.
     *
     * @param source where it stands, for people
     * @param expression as it is written, with variables
     * @param minStep the shortest step that it asks for, such as {@code 5s}; empty for that of the data source
     * @param fields what its panel says about its values
     */
    record Query(String source, String expression, String minStep, PanelFields fields) {

        @Override
        public String toString() {
            return source;
        }
    }

    /** A variable of the dashboard, with the fields that its type has. */
    record Variable(String name, String type, JsonNode definition) {}

    /** Of all panels, those in collapsed rows too, and of annotations that come from Prometheus. */
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            addPanel(panel, queries);
        }
        for (JsonNode annotation : dashboard.path("annotations").path("list")) {
            if (asksPrometheus(annotation)) {
                String source = "%s, annotation \"%s\""
                        .formatted(name(), annotation.path("name").asText());
                queries.add(query(source, annotation, "step", PanelFields.NONE));
            }
        }
        return queries;
    }

    private void addPanel(JsonNode panel, List<Query> queries) {
        panel.path("panels").forEach(inner -> addPanel(inner, queries));
        for (JsonNode target : panel.path("targets")) {
            if (asksPrometheus(target.has("datasource") ? target : panel)) {
                String refId = target.path("refId").asText();
                String source =
                        "%s, \"%s\" %s".formatted(name(), panel.path("title").asText(), refId);
                PanelFields fields = new PanelFields(
                        panel, refId, target.path("legendFormat").asText());
                queries.add(query(source, target, "interval", fields));
            }
        }
    }

    private static Query query(String source, JsonNode owner, String minStepField, PanelFields fields) {
        String expression = owner.path("expr").asText();
        if (expression.isBlank()) {
            throw new IllegalArgumentException(source + " has no expression");
        }
        return new Query(source, expression, owner.path(minStepField).asText(), fields);
    }

    private static boolean asksPrometheus(JsonNode owner) {
        return owner.path("datasource").path("type").asText().equals(PROMETHEUS);
    }

    /** In the order of the file, in which a later one may use the earlier ones. */
    List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        dashboard
                .path("templating")
                .path("list")
                .forEach(definition -> variables.add(new Variable(
                        definition.path("name").asText(),
                        definition.path("type").asText(),
                        definition)));
        return variables;
    }

    private String name() {
        return file.getFileName().toString();
    }

    @Override
    public String toString() {
        return name();
    }
}

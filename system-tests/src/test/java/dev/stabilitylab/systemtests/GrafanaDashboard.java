package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A dashboard's file.
 *
 * @param name of the file, without its ending
 */
record GrafanaDashboard(String name, JsonNode json) {

    private static final Path DIRECTORY = Project.file("grafana/dashboards");
    private static final String ENDING = ".json";

    static List<GrafanaDashboard> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .sorted()
                    .map(name -> read(name.substring(0, name.length() - ENDING.length())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GrafanaDashboard read(String name) {
        try {
            return new GrafanaDashboard(
                    name,
                    new ObjectMapper().readTree(DIRECTORY.resolve(name + ENDING).toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uid() {
        return json.path("uid").asText();
    }

    /** Panels and the headings of rows. */
    List<JsonNode> everythingPlaced() {
        return elements(json.path("panels"));
    }

    List<JsonNode> panels() {
        return everythingPlaced().stream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    List<JsonNode> variables() {
        return elements(json.path("templating").path("list"));
    }

    List<JsonNode> annotations() {
        return elements(json.path("annotations").path("list"));
    }

    static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** Shows a node and all that is in it, the outer ones first. */
    static void walk(JsonNode node, Consumer<JsonNode> visitor) {
        visitor.accept(node);
        node.forEach(inner -> walk(inner, visitor));
    }

    /** How a message names a panel. */
    static String title(JsonNode panel) {
        return "\"" + panel.path("title").asText() + "\"";
    }

    @Override
    public String toString() {
        return name;
    }
}

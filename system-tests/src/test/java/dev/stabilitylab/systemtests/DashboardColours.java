package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours: those of the lab's reports, and the same for the same thing everywhere. */
final class DashboardColours {

    private static final LabPalette PALETTE = LabPalette.read();
    private static final Set<String> PROPERTIES = Set.of("color", "fixedColor", "iconColor", "fill");

    /** Below the first limit of a graph there is no line. */
    private static final String NONE = "transparent";

    /** An override that goes by how a legend begins. */
    private static final Pattern BEGINNING = Pattern.compile("/\\^([\\w ]+)\\\\b/");

    private DashboardColours() {}

    static List<String> violations(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        GrafanaDashboard.walk(
                dashboard.json(),
                node -> node.properties().forEach(entry -> {
                    JsonNode colour = entry.getValue();
                    boolean isColour = PROPERTIES.contains(entry.getKey()) && colour.isTextual();
                    if (isColour
                            && !PALETTE.colours().contains(colour.asText())
                            && !colour.asText().equals(NONE)) {
                        violations.add(
                                "%s is %s, which is no colour of the lab's reports".formatted(entry.getKey(), colour));
                    }
                }));
        named(dashboard, (name, colour) -> {
            Set<String> expected = PALETTE.ofNames().getOrDefault(name, Set.of(colour));
            if (!expected.contains(colour)) {
                violations.add("%s is %s; in the lab's reports it is %s".formatted(name, colour, expected));
            }
        });
        return violations;
    }

    /** Names that have more than one colour in these dashboards, with the colours. */
    static Map<String, Set<String>> ambiguous(List<GrafanaDashboard> dashboards) {
        Map<String, Set<String>> colours = new LinkedHashMap<>();
        dashboards.forEach(dashboard -> named(
                dashboard,
                (name, colour) -> colours.computeIfAbsent(name, key -> new LinkedHashSet<>())
                        .add(colour)));
        colours.values().removeIf(several -> several.size() == 1);
        return colours;
    }

    /** Shows all that has a name and a colour: series, states and kinds of events. */
    private static void named(GrafanaDashboard dashboard, BiConsumer<String, String> visitor) {
        for (JsonNode panel : dashboard.panels()) {
            JsonNode config = panel.path("fieldConfig");
            for (JsonNode override : config.path("overrides")) {
                String matcher = override.path("matcher").path("options").asText();
                Matcher beginning = BEGINNING.matcher(matcher);
                String name = beginning.matches() ? beginning.group(1) : matcher;
                for (JsonNode property : override.path("properties")) {
                    if (property.path("id").asText().equals("color")) {
                        visitor.accept(
                                name, property.path("value").path("fixedColor").asText());
                    }
                }
            }
            for (JsonNode mapping : config.path("defaults").path("mappings")) {
                mapping.path("options")
                        .forEach(state -> visitor.accept(
                                state.path("text").asText(), state.path("color").asText()));
            }
        }
        for (JsonNode query : dashboard.annotations()) {
            visitor.accept(query.path("name").asText(), query.path("iconColor").asText());
        }
    }
}

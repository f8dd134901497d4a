package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What panels say of themselves and of their values. */
final class DashboardPanels {

    private static final int WORDS_OF_A_SENTENCE = 4;
    private static final int WORDS_OF_AN_EXPLANATION = 10;

    /** Grafana shows a unit that it does not know as a suffix, so a slip of the pen would not be noticed. */
    private static final Set<String> UNITS = Set.of("none", "percent", "percentunit", "s", "bytes", "Bps");

    private static final String SUFFIX = "suffix:";

    private DashboardPanels() {}

    static List<String> texts(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        for (JsonNode panel : dashboard.panels()) {
            String title = panel.path("title").asText();
            if (!title.matches("[A-Z0-9$].*[^.]") || words(title) < WORDS_OF_A_SENTENCE) {
                violations.add("title \"%s\" must be a sentence of %d words or more, without a full stop"
                        .formatted(title, WORDS_OF_A_SENTENCE));
            }
            String description = panel.path("description").asText();
            if (!description.endsWith(".") || words(description) < WORDS_OF_AN_EXPLANATION) {
                violations.add(
                        "description of \"%s\" is \"%s\"; it must say how to read it".formatted(title, description));
            }
        }
        return violations;
    }

    private static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    static List<String> units(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        for (JsonNode panel : dashboard.panels()) {
            for (JsonNode unit : unitsOf(panel)) {
                String text = unit.asText();
                boolean known = UNITS.contains(text) || (text.startsWith(SUFFIX) && text.length() > SUFFIX.length());
                if (!known) {
                    violations.add("unit of %s is %s; it must be one of %s, or begin with %s"
                            .formatted(GrafanaDashboard.title(panel), unit, UNITS, SUFFIX));
                }
            }
        }
        return violations;
    }

    /** A heat map has one for its axis and one for its cells, and does not look at the usual one. */
    private static List<JsonNode> unitsOf(JsonNode panel) {
        JsonNode options = panel.path("options");
        return isHeatMap(panel)
                ? List.of(
                        options.path("yAxis").path("unit"),
                        options.path("cellValues").path("unit"))
                : List.of(defaults(panel).path("unit"));
    }

    static List<String> limits(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        for (JsonNode panel : dashboard.panels()) {
            JsonNode defaults = defaults(panel);
            JsonNode min =
                    isHeatMap(panel) ? panel.path("options").path("color").path("min") : defaults.path("min");
            if (!min.isNumber() || min.asDouble() != 0) {
                violations.add(
                        "min of %s is %s; nothing here is less than 0".formatted(GrafanaDashboard.title(panel), min));
            }
            OptionalInt greatest = greatestState(panel);
            JsonNode max = defaults.path("max");
            if (greatest.isPresent() && max.asInt() != greatest.getAsInt()) {
                violations.add("max of %s is %s; its greatest state is %d"
                        .formatted(GrafanaDashboard.title(panel), max, greatest.getAsInt()));
            }
        }
        return violations;
    }

    /** Of the states that have names; empty where values are not states. */
    private static OptionalInt greatestState(JsonNode panel) {
        return GrafanaDashboard.elements(defaults(panel).path("mappings")).stream()
                .flatMap(mapping -> mapping.path("options").properties().stream())
                .mapToInt(state -> Integer.parseInt(state.getKey()))
                .max();
    }

    private static JsonNode defaults(JsonNode panel) {
        return panel.path("fieldConfig").path("defaults");
    }

    private static boolean isHeatMap(JsonNode panel) {
        return panel.path("type").asText().equals("heatmap");
    }
}

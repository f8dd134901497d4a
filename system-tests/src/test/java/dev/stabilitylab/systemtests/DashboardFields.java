package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The configuration of fields. Grafana's schema leaves open what is in {@code custom} and in overrides. */
final class DashboardFields {

    private static final String CUSTOM = "custom.";

    private static final Map<String, Predicate<JsonNode>> STANDARD = Map.of(
            "unit", JsonNode::isTextual,
            "displayName", JsonNode::isTextual,
            "decimals", JsonNode::isInt,
            "min", JsonNode::isNumber,
            "max", JsonNode::isNumber,
            "mappings", JsonNode::isArray,
            "color", color -> color.path("mode").isTextual(),
            "thresholds", DashboardFields::areThresholds,
            "custom", JsonNode::isObject);

    private static final Map<String, Predicate<JsonNode>> OF_PANELS = new HashMap<>();

    static {
        List.of("lineWidth", "fillOpacity", "axisSoftMin", "axisSoftMax", "pointSize", "axisWidth")
                .forEach(name -> OF_PANELS.put(name, JsonNode::isNumber));
        List.of("drawStyle", "lineInterpolation", "gradientMode", "showPoints", "axisPlacement", "axisLabel")
                .forEach(name -> OF_PANELS.put(name, JsonNode::isTextual));
        List.of("axisBorderShow", "axisGridShow", "axisCenteredZero")
                .forEach(name -> OF_PANELS.put(name, JsonNode::isBoolean));
        List.of("spanNulls", "insertNulls")
                .forEach(name -> OF_PANELS.put(name, value -> value.isBoolean() || value.isNumber()));
        List.of("scaleDistribution", "hideFrom", "lineStyle").forEach(name -> OF_PANELS.put(name, JsonNode::isObject));
        OF_PANELS.put("stacking", stacking -> stacking.path("mode").isTextual());
        OF_PANELS.put("thresholdsStyle", style -> style.path("mode").isTextual());
    }

    private DashboardFields() {}

    static List<String> types(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        for (JsonNode panel : dashboard.panels()) {
            String title = GrafanaDashboard.title(panel);
            JsonNode config = panel.path("fieldConfig");
            JsonNode defaults = config.path("defaults");
            if (!defaults.isObject() || !config.path("overrides").isArray()) {
                violations.add("fieldConfig of %s must have defaults and overrides".formatted(title));
            }
            defaults.properties().forEach(entry -> check(violations, title, entry.getKey(), entry.getValue()));
            defaults.path("custom")
                    .properties()
                    .forEach(entry -> check(violations, title, CUSTOM + entry.getKey(), entry.getValue()));
            for (JsonNode override : config.path("overrides")) {
                JsonNode matcher = override.path("matcher");
                if (!matcher.path("id").asText().matches("byName|byRegexp")
                        || !matcher.path("options").isTextual()) {
                    violations.add("an override of %s has the matcher %s; it must be byName or byRegexp, with a text"
                            .formatted(title, matcher));
                }
                for (JsonNode property : override.path("properties")) {
                    check(violations, title, property.path("id").asText(), property.path("value"));
                }
            }
        }
        return violations;
    }

    private static void check(List<String> violations, String title, String property, JsonNode value) {
        Predicate<JsonNode> type = property.startsWith(CUSTOM)
                ? OF_PANELS.get(property.substring(CUSTOM.length()))
                : STANDARD.get(property);
        if (type == null) {
            violations.add("%s has %s, which this test does not know".formatted(title, property));
        } else if (!type.test(value)) {
            violations.add("%s of %s is %s, which is of the wrong type".formatted(property, title, value));
        }
    }

    /** The first step has no value: it goes from minus infinity. Each further one is above the one before. */
    private static boolean areThresholds(JsonNode thresholds) {
        double before = Double.NEGATIVE_INFINITY;
        for (JsonNode step : thresholds.path("steps")) {
            boolean first = before == Double.NEGATIVE_INFINITY;
            JsonNode value = step.path("value");
            if (!step.path("color").isTextual()
                    || (first && !value.isNull() && !value.isNumber())
                    || (!first && !(value.isNumber() && value.asDouble() > before))) {
                return false;
            }
            before = value.isNull() ? -Double.MAX_VALUE : value.asDouble();
        }
        return thresholds.path("mode").asText().equals("absolute") && before != Double.NEGATIVE_INFINITY;
    }
}

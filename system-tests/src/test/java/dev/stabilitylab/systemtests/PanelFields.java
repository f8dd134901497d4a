package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a panel of Grafana says about the values of one of its queries. */
final class PanelFields {

    /** Says nothing. */
    static final PanelFields NONE = new PanelFields(MissingNode.getInstance(), "", "");

    /** Units of what is counted, timed or measured in bytes, and of shares: there is no less than nothing of it. */
    private static final Set<String> NOT_NEGATIVE = Set.of(
            "percent",
            "percentunit",
            "s",
            "ms",
            "µs",
            "ns",
            "bytes",
            "decbytes",
            "kbytes",
            "deckbytes",
            "mbytes",
            "decmbytes",
            "ops",
            "reqps",
            "rps",
            "cps",
            "iops",
            "Bps",
            "binBps",
            "hertz");

    private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    private final JsonNode panel;
    private final String refId;
    private final String legend;

    PanelFields(JsonNode panel, String refId, String legend) {
        this.panel = panel;
        this.refId = refId;
        this.legend = legend;
    }

    /** Bounds of values, both included; infinite where there is none. */
    record Range(double low, double high) {

        static final Range NOT_NEGATIVE = new Range(0, Double.POSITIVE_INFINITY);

        boolean contains(double value) {
            return low <= value && value <= high;
        }
    }

    /** What the values of a series may be, by the declared limits, and by the unit where none is declared. */
    Range range(Map<String, String> labels) {
        if (panel.path("type").asText().equals("heatmap")) {
            // Its cells are counts; unit and limits are those of an axis.
            return Range.NOT_NEGATIVE;
        }
        String name = name(labels);
        String unit = property("unit", name).asText();
        double low = property("min", name).asDouble(NOT_NEGATIVE.contains(unit) ? 0 : Double.NEGATIVE_INFINITY);
        return new Range(low, property("max", name).asDouble(Double.POSITIVE_INFINITY));
    }

    /** As in Grafana, the last override that matches wins, and any override over the default. */
    private JsonNode property(String id, String name) {
        JsonNode value = panel.path("fieldConfig").path("defaults").path(id);
        for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
            if (matches(override.path("matcher"), name)) {
                for (JsonNode property : override.path("properties")) {
                    value = property.path("id").asText().equals(id) ? property.path("value") : value;
                }
            }
        }
        return value;
    }

    private boolean matches(JsonNode matcher, String name) {
        String options = matcher.path("options").asText();
        return switch (matcher.path("id").asText()) {
            case "byFrameRefID" -> options.equals(refId);
            case "byName" -> options.equals(name);
            case "byRegexp" ->
                Pattern.compile(options.replaceAll("^/|/$", "")).matcher(name).find();
            default -> false;
        };
    }

    private String name(Map<String, String> labels) {
        return LABEL.matcher(legend)
                .replaceAll(match -> Matcher.quoteReplacement(labels.getOrDefault(match.group(1), "")));
    }
}

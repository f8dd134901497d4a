package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.systemtests.DashboardFile.Variable;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what a viewer can choose in the drop-down lists of a dashboard. */
final class GrafanaVariables {

    private static final Pattern LABEL_VALUES = Pattern.compile(
            "\\s*label_values\\(\\s*(?<selector>.+?)\\s*,\\s*(?<label>\\w+)\\s*\\)\\s*", Pattern.DOTALL);

    private final LabelValues labelValues;

    GrafanaVariables(LabelValues labelValues) {
        this.labelValues = labelValues;
    }

    /** Knows the values of labels. */
    @FunctionalInterface
    interface LabelValues {

        List<String> of(String label, String selector);
    }

    /**
     * All ways to choose: a variable that can be "All" is, every other one has each of its values once.
     *
     * @throws IllegalStateException if a variable has nothing to choose from
     */
    List<GrafanaSelection> selections(List<Variable> variables) {
        List<GrafanaSelection> selections = List.of(GrafanaSelection.NOTHING);
        for (Variable variable : variables) {
            selections = selections.stream()
                    .flatMap(before -> choices(variable, before).map(choice -> before.with(variable.name(), choice)))
                    .toList();
        }
        return selections;
    }

    private Stream<GrafanaSelection.Choice> choices(Variable variable, GrafanaSelection before) {
        List<String> values = values(variable, before);
        if (values.isEmpty()) {
            throw new IllegalStateException(
                    "variable %s has no values where %s are chosen".formatted(variable.name(), before));
        }
        JsonNode definition = variable.definition();
        boolean all = definition.path("includeAll").asBoolean();
        boolean isPattern = all || definition.path("multi").asBoolean();
        if (all) {
            return Stream.of(new GrafanaSelection.Choice(
                    values, isPattern, definition.path("allValue").asText("")));
        }
        return values.stream().map(value -> new GrafanaSelection.Choice(List.of(value), isPattern, ""));
    }

    private List<String> values(Variable variable, GrafanaSelection before) {
        JsonNode query = variable.definition().path("query");
        return switch (variable.type()) {
            case "query" ->
                filtered(variable, asked(variable, query.path("query").asText(query.asText()), before));
            case "custom", "interval" -> listed(query.asText());
            case "constant", "textbox", "datasource" -> List.of(query.asText());
            default ->
                throw new IllegalArgumentException("variable %s has the type %s, which is not known here"
                        .formatted(variable.name(), variable.type()));
        };
    }

    private List<String> asked(Variable variable, String query, GrafanaSelection before) {
        Matcher matcher = LABEL_VALUES.matcher(query);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("variable %s asks %s; only label_values(SELECTOR, LABEL) is known here"
                    .formatted(variable.name(), query));
        }
        return labelValues.of(matcher.group("label"), before.replaceIn(matcher.group("selector"), Map.of()));
    }

    /** By the variable's regex: those that match, or the group of it. */
    private static List<String> filtered(Variable variable, List<String> values) {
        String regex = variable.definition().path("regex").asText();
        if (regex.isEmpty()) {
            return values;
        }
        Pattern pattern = Pattern.compile(regex.replaceAll("^/|/$", ""));
        return values.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(matcher.groupCount() > 0 ? 1 : 0))
                .distinct()
                .toList();
    }

    /** {@code a,b} or {@code text : value, text : value}. */
    private static List<String> listed(String query) {
        return Stream.of(query.split(","))
                .map(item -> item.replaceFirst("^.*\\s:\\s", "").strip())
                .toList();
    }
}

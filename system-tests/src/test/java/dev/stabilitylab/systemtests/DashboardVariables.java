package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Variables of a dashboard, and their uses. */
final class DashboardVariables {

    /** {@code $name} and {@code ${name}}; {@code $__range} and its like are Grafana's own. */
    private static final Pattern USE = Pattern.compile("\\$\\{?(?!__)([a-zA-Z]\\w*)");

    private DashboardVariables() {}

    static List<String> violations(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        Set<String> defined = new HashSet<>();
        Set<String> used = new LinkedHashSet<>();
        for (JsonNode variable : dashboard.variables()) {
            Set<String> before = uses(variable.path("query"));
            before.stream()
                    .filter(name -> !defined.contains(name))
                    .map(name -> "variable %s uses %s, which is not defined before it"
                            .formatted(variable.path("name"), name))
                    .forEach(violations::add);
            used.addAll(before);
            if (!defined.add(variable.path("name").asText())) {
                violations.add("variable %s is defined twice".formatted(variable.path("name")));
            }
            if (variable.path("label").asText().isBlank()
                    || variable.path("description").asText().isBlank()) {
                violations.add("variable %s has no label or no description".formatted(variable.path("name")));
            }
        }
        for (JsonNode panel : dashboard.panels()) {
            Set<String> inPanel = uses(panel);
            if (panel.has("repeat")) {
                inPanel.add(panel.path("repeat").asText());
            }
            inPanel.stream()
                    .filter(name -> !defined.contains(name))
                    .map(name -> "%s uses %s, which is not defined".formatted(GrafanaDashboard.title(panel), name))
                    .forEach(violations::add);
            used.addAll(inPanel);
        }
        defined.stream()
                .filter(name -> !used.contains(name))
                .map("variable %s is not used"::formatted)
                .forEach(violations::add);
        return violations;
    }

    private static Set<String> uses(JsonNode node) {
        Set<String> names = new LinkedHashSet<>();
        GrafanaDashboard.walk(node, inner -> {
            if (inner.isTextual()) {
                Stream<String> found = USE.matcher(inner.asText()).results().map(result -> result.group(1));
                found.forEach(names::add);
            }
        });
        return names;
    }
}

package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What panels, variables and annotations ask, and whom. */
final class DashboardQueries {

    /** As the provisioned data source has it. */
    static final String PROMETHEUS = "prometheus";

    private static final String GRAFANA = "-- Grafana --";

    private DashboardQueries() {}

    static List<String> dataSources(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        for (JsonNode panel : dashboard.panels()) {
            String title = GrafanaDashboard.title(panel);
            requireUid(violations, panel, PROMETHEUS, title);
            for (JsonNode target : panel.path("targets")) {
                requireUid(violations, target, PROMETHEUS, title + " " + target.path("refId"));
            }
        }
        for (JsonNode variable : dashboard.variables()) {
            requireUid(violations, variable, PROMETHEUS, "variable " + variable.path("name"));
        }
        for (JsonNode query : dashboard.annotations()) {
            requireUid(violations, query, GRAFANA, "annotations " + query.path("name"));
        }
        return violations;
    }

    private static void requireUid(List<String> violations, JsonNode owner, String uid, String name) {
        JsonNode dataSource = owner.path("datasource");
        if (!dataSource.path("uid").asText().equals(uid)) {
            violations.add("data source of %s is %s; its uid must be %s".formatted(name, dataSource, uid));
        }
    }

    /** Grafana's schema does not say what a query of a data source looks like. */
    static List<String> expressions(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        for (JsonNode panel : dashboard.panels()) {
            String title = GrafanaDashboard.title(panel);
            Set<String> letters = new HashSet<>();
            if (panel.path("targets").isEmpty()) {
                violations.add("%s asks nothing".formatted(title));
            }
            for (JsonNode target : panel.path("targets")) {
                JsonNode expression = target.path("expr");
                if (!expression.isTextual() || expression.asText().isBlank()) {
                    violations.add("expr of %s is %s; it must be a text".formatted(title, expression));
                }
                if (!letters.add(target.path("refId").asText())
                        || target.path("refId").asText().isBlank()) {
                    violations.add("refId of a query of %s is %s; each must have one of its own"
                            .formatted(title, target.path("refId")));
                }
                if (target.path("instant").asBoolean() == target.path("range").asBoolean()) {
                    violations.add("a query of %s must be either instant or range".formatted(title));
                }
            }
        }
        return violations;
    }

    static List<String> legends(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        for (JsonNode panel : dashboard.panels()) {
            for (JsonNode target : panel.path("targets")) {
                String legend = target.path("legendFormat").asText();
                if (legend.isBlank() || legend.equals("__auto")) {
                    violations.add("legendFormat of %s %s is %s; it must name the thing"
                            .formatted(
                                    GrafanaDashboard.title(panel), target.path("refId"), target.path("legendFormat")));
                }
            }
        }
        return violations;
    }
}

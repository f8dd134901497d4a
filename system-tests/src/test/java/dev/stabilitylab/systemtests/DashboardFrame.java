package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What surrounds the panels of a dashboard. */
final class DashboardFrame {

    static final String TAG = "stability-lab";

    private static final String UID_PREFIX = "stability-";
    private static final Pattern ADDRESS = Pattern.compile("/d/(?<uid>[\\w-]+)(\\?.*)?");
    private static final int SHARED_CROSSHAIR_AND_TOOLTIP = 2;

    private DashboardFrame() {}

    static List<String> identity(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        JsonNode json = dashboard.json();
        if (!dashboard.uid().equals(UID_PREFIX + dashboard.name())) {
            violations.add("uid is %s; it must be %s%s".formatted(json.path("uid"), UID_PREFIX, dashboard.name()));
        }
        if (json.has("id")) {
            violations.add("id is %s; only Grafana's database gives one".formatted(json.path("id")));
        }
        if (json.path("title").asText().isBlank()) {
            violations.add("there is no title");
        }
        if (json.path("description").asText().isBlank()) {
            violations.add("there is no description");
        }
        if (!texts(json.path("tags")).contains(TAG)) {
            violations.add("tags are %s; %s must be among them".formatted(json.path("tags"), TAG));
        }
        boolean links = GrafanaDashboard.elements(json.path("links")).stream()
                .anyMatch(link -> link.path("type").asText().equals("dashboards")
                        && texts(link.path("tags")).contains(TAG)
                        && link.path("keepTime").asBoolean());
        if (!links) {
            violations.add("no link goes to the other dashboards with the tag " + TAG + " and keeps the time range");
        }
        return violations;
    }

    /** An address within Grafana goes to one of these dashboards, by its uid. */
    static List<String> addresses(GrafanaDashboard dashboard) {
        List<String> uids =
                GrafanaDashboard.all().stream().map(GrafanaDashboard::uid).toList();
        List<String> violations = new ArrayList<>();
        GrafanaDashboard.walk(
                dashboard.json(),
                node -> node.properties().forEach(entry -> {
                    String address = entry.getValue().asText();
                    Matcher matcher = ADDRESS.matcher(address);
                    if (entry.getKey().equals("url") && !(matcher.matches() && uids.contains(matcher.group("uid")))) {
                        violations.add("a link goes to %s; there are only the dashboards %s".formatted(address, uids));
                    }
                }));
        return violations;
    }

    static List<String> time(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        JsonNode json = dashboard.json();
        if (!json.path("time").path("from").asText().equals("now-5m")
                || !json.path("time").path("to").asText().equals("now")) {
            violations.add("time is %s; it must be the last five minutes".formatted(json.path("time")));
        }
        if (!json.path("refresh").asText().matches("[1-5]s")) {
            violations.add("refresh is %s; it must be 1s to 5s".formatted(json.path("refresh")));
        }
        if (!Set.of("browser", "utc").contains(json.path("timezone").asText())) {
            violations.add("timezone is %s; it must be browser or utc".formatted(json.path("timezone")));
        }
        return violations;
    }

    static List<String> crosshair(GrafanaDashboard dashboard) {
        JsonNode shared = dashboard.json().path("graphTooltip");
        return shared.isInt() && shared.asInt() == SHARED_CROSSHAIR_AND_TOOLTIP
                ? List.of()
                : List.of("graphTooltip is %s; it must be 2, a crosshair and tooltip that all graphs share"
                        .formatted(shared));
    }

    /** The lab marks what it does with its own tag and one of these. */
    static List<String> annotations(GrafanaDashboard dashboard) {
        Set<String> missing = new HashSet<>(Set.of("fault", "heal", "load", "breaker", "variant"));
        List<String> violations = new ArrayList<>();
        for (JsonNode query : dashboard.annotations()) {
            JsonNode target = query.path("target");
            List<String> tags = texts(target.path("tags"));
            boolean asksForAllTags = target.path("type").asText().equals("tags")
                    && target.path("matchAny").isBoolean()
                    && !target.path("matchAny").asBoolean()
                    && tags.contains(TAG);
            if (!asksForAllTags || !query.path("enable").asBoolean()) {
                violations.add("annotations %s must be on, and ask for all of their tags, %s among them"
                        .formatted(query.path("name"), TAG));
            }
            tags.forEach(missing::remove);
        }
        missing.stream()
                .sorted()
                .map("there is no annotation query for the tag %s"::formatted)
                .forEach(violations::add);
        return violations;
    }

    private static List<String> texts(JsonNode array) {
        return GrafanaDashboard.elements(array).stream().map(JsonNode::asText).toList();
    }
}

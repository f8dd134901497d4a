package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where panels and headings are. */
final class DashboardGrid {

    private static final int COLUMNS = 24;

    private DashboardGrid() {}

    static List<String> ids(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard.everythingPlaced()) {
            JsonNode id = panel.path("id");
            if (!id.isInt() || id.asInt() < 1 || !ids.add(id.asInt())) {
                violations.add("id of %s is %s; it must be a number of its own, from 1"
                        .formatted(GrafanaDashboard.title(panel), id));
            }
        }
        return violations;
    }

    static List<String> columns(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        for (JsonNode panel : dashboard.everythingPlaced()) {
            Place place = Place.of(panel);
            if (place.x < 0 || place.y < 0 || place.width < 1 || place.height < 1 || place.right() > COLUMNS) {
                violations.add("gridPos of %s is %s; it must be inside %d columns"
                        .formatted(GrafanaDashboard.title(panel), panel.path("gridPos"), COLUMNS));
            }
            // Grafana deals the columns out among the repetitions, and they may take several rows.
            if (panel.has("repeat") && place.width != COLUMNS) {
                violations.add("%s is repeated and has %d columns; it must have all %d"
                        .formatted(GrafanaDashboard.title(panel), place.width, COLUMNS));
            }
        }
        return violations;
    }

    static List<String> overlaps(GrafanaDashboard dashboard) {
        List<String> violations = new ArrayList<>();
        List<JsonNode> panels = dashboard.everythingPlaced();
        for (int one = 0; one < panels.size(); one++) {
            for (int other = one + 1; other < panels.size(); other++) {
                if (Place.of(panels.get(one)).overlaps(Place.of(panels.get(other)))) {
                    violations.add("%s and %s overlap"
                            .formatted(
                                    GrafanaDashboard.title(panels.get(one)),
                                    GrafanaDashboard.title(panels.get(other))));
                }
            }
        }
        return violations;
    }

    private record Place(int x, int y, int width, int height) {

        static Place of(JsonNode panel) {
            JsonNode place = panel.path("gridPos");
            return new Place(
                    place.path("x").asInt(-1),
                    place.path("y").asInt(-1),
                    place.path("w").asInt(-1),
                    place.path("h").asInt(-1));
        }

        int right() {
            return x + width;
        }

        int bottom() {
            return y + height;
        }

        boolean overlaps(Place other) {
            return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
        }
    }
}

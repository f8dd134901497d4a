package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule notices what it is there for: a good dashboard is spoilt in one place, and the rule has to say so. */
class DashboardRuleTest {

    /** What is spoilt, in a dashboard with variables, repeated panels, states and limits. */
    private record Mistake(DashboardRule rule, String name, Consumer<ObjectNode> spoil) {

        @Override
        public String toString() {
            return rule + ": " + name;
        }
    }

    private static Mistake mistake(DashboardRule rule, String name, Consumer<ObjectNode> spoil) {
        return new Mistake(rule, name, spoil);
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                        ofTheFrame(),
                        ofLinks(),
                        ofTheTime(),
                        ofAnnotations(),
                        ofVariables(),
                        ofQueries(),
                        ofPanels(),
                        ofFields(),
                        ofTheGrid(),
                        ofColours())
                .flatMap(List::stream);
    }

    private static List<Mistake> ofTheFrame() {
        DashboardRule rule = DashboardRule.HAS_UID_TITLE_TAG_AND_LINKS;
        return List.of(
                mistake(rule, "no uid", json -> json.remove("uid")),
                mistake(rule, "uid of another", json -> json.put("uid", "stability-services")),
                mistake(rule, "an id", json -> json.put("id", 1)),
                mistake(rule, "no title", json -> json.remove("title")),
                mistake(rule, "no description", json -> json.put("description", " ")),
                mistake(rule, "no tag", json -> json.withArray("tags").removeAll()),
                mistake(rule, "no link", json -> json.withArray("links").removeAll()),
                mistake(
                        rule,
                        "link that forgets the time range",
                        json -> at(json, "/links/0").put("keepTime", false)));
    }

    private static List<Mistake> ofLinks() {
        DashboardRule rule = DashboardRule.LINKS_TO_WHAT_THERE_IS;
        return List.of(
                mistake(
                        rule,
                        "a dashboard that there is not",
                        json -> panel(json, "timeseries")
                                .putArray("links")
                                .addObject()
                                .put("url", "/d/stability-gatewya?${__url_time_range}")),
                mistake(
                        rule,
                        "the world",
                        json -> panel(json, "timeseries")
                                .putArray("links")
                                .addObject()
                                .put("url", "https://example.org/d/stability-gateway")));
    }

    private static List<Mistake> ofTheTime() {
        DashboardRule rule = DashboardRule.SHOWS_THE_LAST_MINUTES_AND_REFRESHES;
        return List.of(
                mistake(rule, "six hours", json -> at(json, "/time").put("from", "now-6h")),
                mistake(rule, "slow", json -> json.put("refresh", "30s")),
                mistake(rule, "never", json -> json.remove("refresh")),
                mistake(rule, "time zone", json -> json.put("timezone", "Europe/Berlin")),
                mistake(DashboardRule.SHARES_ITS_CROSSHAIR, "alone", json -> json.put("graphTooltip", 0)),
                mistake(DashboardRule.SHARES_ITS_CROSSHAIR, "text", json -> json.put("graphTooltip", "2")));
    }

    private static List<Mistake> ofAnnotations() {
        DashboardRule rule = DashboardRule.SHOWS_WHAT_THE_LAB_DOES;
        return List.of(
                mistake(rule, "one is missing", json -> ((ArrayNode) json.at("/annotations/list")).remove(2)),
                mistake(rule, "off", json -> at(json, "/annotations/list/0").put("enable", false)),
                mistake(
                        rule,
                        "any of the tags",
                        json -> at(json, "/annotations/list/1/target").put("matchAny", true)),
                mistake(
                        rule,
                        "without the lab's tag",
                        json -> ((ArrayNode) json.at("/annotations/list/1/target/tags")).remove(0)),
                mistake(
                        rule,
                        "not by tags",
                        json -> at(json, "/annotations/list/1/target").put("type", "dashboard")));
    }

    private static List<Mistake> ofVariables() {
        DashboardRule rule = DashboardRule.HAS_VARIABLES_THAT_ARE_DEFINED_AND_USED;
        return List.of(
                mistake(
                        rule,
                        "undefined in an expression",
                        json -> target(json, "timeseries").put("expr", "up{job=~\"$nobody\"}")),
                mistake(
                        rule,
                        "undefined in a title",
                        json -> panel(json, "timeseries").put("title", "Calls to ${nobody} ended like this")),
                mistake(
                        rule,
                        "undefined in repeat",
                        json -> panel(json, "timeseries").put("repeat", "nobody")),
                mistake(
                        rule,
                        "unused",
                        json -> ((ArrayNode) json.at("/templating/list"))
                                .add(json.at("/templating/list/0")
                                        .<ObjectNode>deepCopy()
                                        .put("name", "idle"))),
                mistake(rule, "used before it is defined", json -> {
                    ArrayNode variables = (ArrayNode) json.at("/templating/list");
                    variables.add(variables.remove(0));
                }),
                mistake(
                        rule,
                        "defined twice",
                        json -> ((ArrayNode) json.at("/templating/list"))
                                .add(json.at("/templating/list/0").deepCopy())),
                mistake(
                        rule,
                        "without a label",
                        json -> at(json, "/templating/list/0").remove("label")));
    }

    private static List<Mistake> ofQueries() {
        DashboardRule sources = DashboardRule.NAMES_ITS_DATA_SOURCES_BY_UID;
        DashboardRule texts = DashboardRule.ASKS_IN_TEXTS;
        DashboardRule legends = DashboardRule.NAMES_ITS_SERIES;
        return List.of(
                mistake(
                        sources,
                        "panel by name",
                        json -> panel(json, "timeseries").put("datasource", "Prometheus")),
                mistake(
                        sources,
                        "query without",
                        json -> target(json, "timeseries").remove("datasource")),
                mistake(
                        sources,
                        "variable by another uid",
                        json -> at(json, "/templating/list/0/datasource").put("uid", "P1809F7CD0C75ACF3")),
                mistake(
                        sources,
                        "annotations of Prometheus",
                        json -> at(json, "/annotations/list/0/datasource").put("uid", "prometheus")),
                mistake(
                        texts,
                        "no query",
                        json -> panel(json, "timeseries").withArray("targets").removeAll()),
                mistake(texts, "a number", json -> target(json, "timeseries").put("expr", 1)),
                mistake(texts, "nothing", json -> target(json, "timeseries").put("expr", "")),
                mistake(texts, "no letter", json -> target(json, "timeseries").remove("refId")),
                mistake(
                        texts,
                        "a letter twice",
                        json -> ((ObjectNode) panel(json, "timeseries")
                                        .path("targets")
                                        .path(1))
                                .put("refId", "A")),
                mistake(
                        texts,
                        "neither instant nor range",
                        json -> target(json, "timeseries").put("range", false)),
                mistake(legends, "no legend", json -> target(json, "timeseries").remove("legendFormat")),
                mistake(
                        legends,
                        "what Grafana makes up",
                        json -> target(json, "timeseries").put("legendFormat", "__auto")));
    }

    private static List<Mistake> ofPanels() {
        DashboardRule texts = DashboardRule.SAYS_WHAT_ONE_SEES_AND_HOW_TO_READ_IT;
        DashboardRule units = DashboardRule.HAS_UNITS;
        DashboardRule limits = DashboardRule.DECLARES_LIMITS;
        return List.of(
                mistake(
                        texts,
                        "a word for a title",
                        json -> panel(json, "timeseries").put("title", "Latency")),
                mistake(texts, "no title", json -> panel(json, "timeseries").remove("title")),
                mistake(
                        texts,
                        "a full stop",
                        json -> panel(json, "timeseries").put("title", "Calls took at most this long.")),
                mistake(
                        texts,
                        "no description",
                        json -> panel(json, "timeseries").remove("description")),
                mistake(
                        texts,
                        "a word for a description",
                        json -> panel(json, "timeseries").put("description", "Latency.")),
                mistake(units, "no unit", json -> defaults(json, "timeseries").remove("unit")),
                mistake(
                        units,
                        "a unit that Grafana does not have",
                        json -> defaults(json, "timeseries").put("unit", "seconds")),
                mistake(
                        units,
                        "an empty suffix",
                        json -> defaults(json, "timeseries").put("unit", "suffix:")),
                mistake(limits, "no min", json -> defaults(json, "timeseries").remove("min")),
                mistake(
                        limits,
                        "min below 0",
                        json -> defaults(json, "timeseries").put("min", -1)),
                mistake(
                        limits,
                        "no max of states",
                        json -> defaults(json, "state-timeline").remove("max")),
                mistake(
                        limits,
                        "a state above max",
                        json -> defaults(json, "state-timeline").put("max", 1)));
    }

    private static List<Mistake> ofFields() {
        DashboardRule rule = DashboardRule.CONFIGURES_FIELDS_WITH_THE_RIGHT_TYPES;
        return List.of(
                mistake(
                        rule,
                        "no overrides",
                        json -> ((ObjectNode) panel(json, "timeseries").path("fieldConfig")).remove("overrides")),
                mistake(rule, "a number as text", json -> custom(json).put("lineWidth", "2")),
                mistake(rule, "a text as number", json -> custom(json).put("drawStyle", 1)),
                mistake(rule, "unknown to panels", json -> custom(json).put("lineColour", "blue")),
                mistake(
                        rule,
                        "unknown to all",
                        json -> defaults(json, "timeseries").put("units", "s")),
                mistake(
                        rule,
                        "min as text",
                        json -> defaults(json, "timeseries").put("min", "0")),
                mistake(rule, "stacking without mode", json -> custom(json).putObject("stacking")),
                mistake(
                        rule,
                        "an override's value",
                        json -> override(json, "timeseries")
                                .withArray("properties")
                                .addObject()
                                .put("id", "custom.lineWidth")
                                .put("value", "thick")),
                mistake(
                        rule,
                        "an override's matcher",
                        json -> override(json, "timeseries")
                                .putObject("matcher")
                                .put("id", "byNmae")),
                mistake(rule, "thresholds out of order", json -> {
                    ObjectNode thresholds = defaults(json, "timeseries").putObject("thresholds");
                    ArrayNode steps = thresholds.put("mode", "absolute").putArray("steps");
                    steps.addObject().putNull("value").put("color", "text");
                    steps.addObject().put("value", 2).put("color", "text");
                    steps.addObject().put("value", 1).put("color", "text");
                }));
    }

    private static List<Mistake> ofTheGrid() {
        DashboardRule ids = DashboardRule.NUMBERS_ITS_PANELS_ONCE;
        DashboardRule columns = DashboardRule.STAYS_INSIDE_ITS_COLUMNS;
        DashboardRule overlaps = DashboardRule.PUTS_NOTHING_ON_TOP_OF_ANOTHER;
        return List.of(
                mistake(ids, "a number twice", json -> panel(json, "timeseries").put("id", 1)),
                mistake(ids, "no number", json -> panel(json, "timeseries").remove("id")),
                mistake(columns, "too far right", json -> place(json).put("x", 1)),
                mistake(columns, "too wide", json -> place(json).put("w", 25)),
                mistake(columns, "nowhere", json -> panel(json, "timeseries").remove("gridPos")),
                mistake(columns, "repeated in half of them", json -> place(json).put("w", 12)),
                mistake(
                        overlaps,
                        "higher by one",
                        json -> place(json).put("y", place(json).path("y").asInt() - 1)),
                mistake(
                        overlaps,
                        "taller by one",
                        json -> place(json).put("h", place(json).path("h").asInt() + 1)));
    }

    private static List<Mistake> ofColours() {
        DashboardRule rule = DashboardRule.HAS_THE_LABS_COLOURS_ONLY;
        return List.of(
                mistake(
                        rule,
                        "Grafana's red",
                        json -> colour(override(json, "timeseries")).put("fixedColor", "red")),
                mistake(
                        rule,
                        "another blue",
                        json -> colour(override(json, "timeseries")).put("fixedColor", "#0072B3")),
                mistake(
                        rule,
                        "an outcome in the colour of another",
                        json -> colour(override(json, "timeseries")).put("fixedColor", "#E69F00")),
                mistake(
                        rule,
                        "a state in the colour of another",
                        json -> ((ObjectNode) defaults(json, "state-timeline").at("/mappings/0/options/0"))
                                .put("color", "#D55E00")),
                mistake(
                        rule,
                        "an event in green",
                        json -> at(json, "/annotations/list/0").put("iconColor", "green")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isBrokenBy(Mistake mistake) {
        GrafanaDashboard good = GrafanaDashboard.read("gateway");
        ObjectNode spoilt = good.json().deepCopy();
        mistake.spoil.accept(spoilt);

        assertThat(mistake.rule.violations(good)).isEmpty();
        assertThat(mistake.rule.violations(new GrafanaDashboard(good.name(), spoilt)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(DashboardRule.class)
    void hasAMistakeThatBreaksIt(DashboardRule rule) {
        assertThat(mistakes().map(Mistake::rule)).contains(rule);
    }

    @Test
    void noticesThatOneThingHasTwoColours() {
        GrafanaDashboard gateway = GrafanaDashboard.read("gateway");
        GrafanaDashboard services = GrafanaDashboard.read("services");
        ObjectNode spoilt = services.json().deepCopy();
        ArrayNode overrides = (ArrayNode) panel(spoilt, "timeseries").at("/fieldConfig/overrides");
        ObjectNode override = overrides.addObject();
        override.putObject("matcher").put("id", "byRegexp").put("options", "/^leased\\b/");
        override.putArray("properties")
                .addObject()
                .put("id", "color")
                .putObject("value")
                .put("fixedColor", "#E69F00");

        assertThat(DashboardColours.ambiguous(
                        List.of(gateway, services, new GrafanaDashboard(services.name(), spoilt))))
                .containsOnlyKeys("leased");
    }

    private static ObjectNode at(ObjectNode json, String pointer) {
        return (ObjectNode) json.at(pointer);
    }

    /** The first of its type. */
    private static ObjectNode panel(ObjectNode json, String type) {
        for (JsonNode panel : json.path("panels")) {
            if (panel.path("type").asText().equals(type)) {
                return (ObjectNode) panel;
            }
        }
        throw new AssertionError("no panel of the type %s among %s".formatted(type, types(json)));
    }

    private static String types(ObjectNode json) {
        return GrafanaDashboard.elements(json.path("panels")).stream()
                .map(panel -> panel.path("type").asText())
                .collect(Collectors.joining(", "));
    }

    private static ObjectNode target(ObjectNode json, String type) {
        return (ObjectNode) panel(json, type).path("targets").path(0);
    }

    private static ObjectNode defaults(ObjectNode json, String type) {
        return (ObjectNode) panel(json, type).at("/fieldConfig/defaults");
    }

    private static ObjectNode custom(ObjectNode json) {
        return (ObjectNode) defaults(json, "timeseries").path("custom");
    }

    private static ObjectNode override(ObjectNode json, String type) {
        return (ObjectNode) panel(json, type).at("/fieldConfig/overrides/0");
    }

    private static ObjectNode colour(ObjectNode override) {
        for (JsonNode property : override.path("properties")) {
            if (property.path("id").asText().equals("color")) {
                return (ObjectNode) property.path("value");
            }
        }
        throw new AssertionError("no colour in " + override);
    }

    private static ObjectNode place(ObjectNode json) {
        return (ObjectNode) panel(json, "timeseries").path("gridPos");
    }
}

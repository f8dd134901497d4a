package dev.stabilitylab.lab.grafana;

import java.util.List;

/**
 * A mark on every graph, in the shape of Grafana's HTTP API.
 *
 * @param time in milliseconds since 1970
 * @param tags dashboards choose by them what they show
 * @param text for people; Grafana takes HTML, so this has none
 */
record Annotation(long time, List<String> tags, String text) {

    private static final String OURS = "stability-lab";

    static Annotation of(long time, String kind, String text) {
        return new Annotation(time, List.of(OURS, kind), escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

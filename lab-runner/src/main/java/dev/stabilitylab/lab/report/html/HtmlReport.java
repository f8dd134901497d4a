package dev.stabilitylab.lab.report.html;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.verdict.RunResult;
import java.util.List;
import java.util.Map;

/** Renders {@code report.html}: one file, which asks no other file or server for anything. */
public final class HtmlReport {

    private static final String WEBJAR = "/META-INF/resources/webjars/uplot/";

    private HtmlReport() {}

    /**
     * The page, to be stored as UTF-8.
     *
     * @param recordings one for each variant, in the same order as in the script
     */
    public static String render(Simulation simulation, List<Recording> recordings, RunResult result) {
        String uplot = "/*\n" + webjar("LICENSE") + "*/\n" + webjar("dist/uPlot.iife.min.js");
        String charts = Resource.text("charts.js");
        String page = Resource.text("page.js");
        return new Template(Resource.text("report.html"))
                .fill(Map.of(
                        "title",
                        Template.escape(simulation.title()),
                        "policy",
                        Template.escape(ContentSecurity.allowOnly(List.of(uplot, charts, page))),
                        "style",
                        webjar("dist/uPlot.min.css") + "\n" + Resource.text("report.css"),
                        "data",
                        ScriptJson.write(ReportData.of(simulation, recordings, result)),
                        "uplot",
                        uplot,
                        "charts",
                        charts,
                        "page",
                        page));
    }

    private static String webjar(String path) {
        return Resource.text(WEBJAR + UplotVersion.VALUE + "/" + path);
    }
}

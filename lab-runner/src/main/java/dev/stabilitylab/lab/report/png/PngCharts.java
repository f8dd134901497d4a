package dev.stabilitylab.lab.report.png;

import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.report.palette.Palette;
import dev.stabilitylab.lab.report.timeline.Resolutions;
import dev.stabilitylab.lab.report.timeline.Slot;
import dev.stabilitylab.lab.report.timeline.Timeline;
import dev.stabilitylab.lab.script.Simulation;
import java.util.ArrayList;
import java.util.List;

/** The pictures of a run. */
public final class PngCharts {

    /** The name of the one with all variants. */
    public static final String OVERVIEW = "pages";

    private PngCharts() {}

    /** First {@link #OVERVIEW}, then one for each variant, named like it. */
    public static List<PngChart> of(Simulation simulation, List<Recording> recordings) {
        Resolutions resolutions = Resolutions.of(recordings);
        List<Timeline> timelines = recordings.stream()
                .map(recording -> Timeline.of(recording, resolutions.coarse()))
                .toList();
        List<PageKind> kinds = Palette.pageKinds().stream()
                .filter(kind -> timelines.stream()
                        .flatMap(timeline -> timeline.slots().stream())
                        .anyMatch(slot -> slot.pages().containsKey(kind)))
                .toList();
        double highest = timelines.stream()
                .flatMap(timeline -> timeline.slots().stream())
                .mapToDouble(slot -> kinds.stream().mapToDouble(slot::rate).sum())
                .max()
                .orElse(0);
        double highestAnswered = timelines.stream()
                .flatMap(timeline -> timeline.slots().stream())
                .mapToDouble(Slot::answeredRate)
                .max()
                .orElse(0);
        List<PngChart> charts = new ArrayList<>();
        charts.add(new PngChart(
                OVERVIEW, () -> new OverviewDrawing(simulation.title(), timelines, Frame.above(highestAnswered))));
        for (Timeline timeline : timelines) {
            charts.add(
                    new PngChart(timeline.variant(), () -> new OutcomesDrawing(timeline, kinds, Frame.above(highest))));
        }
        return charts;
    }
}

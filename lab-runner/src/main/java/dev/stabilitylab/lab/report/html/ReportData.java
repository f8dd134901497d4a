package dev.stabilitylab.lab.report.html;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.report.palette.Palette;
import dev.stabilitylab.lab.report.palette.Swatch;
import dev.stabilitylab.lab.report.timeline.Resolutions;
import dev.stabilitylab.lab.report.timeline.Timeline;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Variant;
import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page's scripts draw from. Times are seconds.
 *
 * @param upstreams that were watched, or broken in any variant
 * @param uplot version of the library that draws
 */
record ReportData(
        String name,
        String title,
        String world,
        String load,
        boolean held,
        double duration,
        Map<String, Object> environment,
        String uplot,
        List<String> upstreams,
        List<PhaseSpan> phases,
        Legend legend,
        List<VariantData> variants) {

    static ReportData of(Simulation simulation, List<Recording> recordings, RunResult result) {
        Resolutions resolutions = Resolutions.of(recordings);
        List<VariantData> variants = new ArrayList<>();
        for (int i = 0; i < recordings.size(); i++) {
            variants.add(VariantData.of(i, simulation, recordings.get(i), result, resolutions));
        }
        return new ReportData(
                simulation.name(),
                simulation.title(),
                result.world(),
                LoadText.of(simulation.load()),
                result.held(),
                seconds(recordings.stream()
                        .map(Recording::duration)
                        .max(Duration::compareTo)
                        .orElse(simulation.duration())),
                result.environment(),
                UplotVersion.VALUE,
                upstreams(simulation, recordings),
                simulation.phases().stream()
                        .map(phase -> new PhaseSpan(phase.name(), seconds(phase.from()), seconds(phase.to())))
                        .toList(),
                Legend.of(),
                variants);
    }

    private static List<String> upstreams(Simulation simulation, List<Recording> recordings) {
        return Stream.concat(
                        simulation.watched().stream(),
                        recordings.stream()
                                .flatMap(recording -> recording.marks().stream())
                                .map(Mark::upstream)
                                .filter(Objects::nonNull))
                .distinct()
                .toList();
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    record PhaseSpan(String name, double from, double to) {}

    /** What colours stand for. */
    record Legend(List<Swatch> pages, List<Swatch> outcomes, List<Swatch> breakers) {
        static Legend of() {
            return new Legend(
                    Palette.pageKinds().stream().map(Palette::page).toList(), Palette.outcomes(), Palette.breakers());
        }
    }

    /**
     * One variant.
     *
     * @param load its own; null when it is that of all
     * @param dash number of its dash pattern where variants are compared
     * @param result null when the run has no figures for it
     * @param resolutions the same time in slots of different length, coarse first
     */
    record VariantData(
            String name,
            String description,
            @Nullable String load,
            Swatch colour,
            int dash,
            @Nullable VariantResult result,
            List<MarkData> marks,
            List<LaneData> lanes,
            List<Columns> resolutions) {

        static VariantData of(
                int index, Simulation simulation, Recording recording, RunResult result, Resolutions resolutions) {
            String name = recording.variant();
            List<Timeline> timelines = resolutions.steps().stream()
                    .map(step -> Timeline.of(recording, step))
                    .toList();
            Optional<Variant> scripted = simulation.variants().stream()
                    .filter(variant -> variant.name().equals(name))
                    .findFirst();
            return new VariantData(
                    name,
                    scripted.map(Variant::description).orElse(""),
                    scripted.map(Variant::load).map(LoadText::of).orElse(null),
                    Palette.variant(index),
                    Palette.dash(index),
                    result.variants().stream()
                            .filter(variant -> variant.name().equals(name))
                            .findFirst()
                            .orElse(null),
                    recording.marks().stream()
                            .map(mark -> new MarkData(seconds(mark.at()), mark.upstream(), mark.fault(), mark.text()))
                            .toList(),
                    LaneData.of(timelines.get(0).lanes(), seconds(recording.duration())),
                    timelines.stream().map(Columns::of).toList());
        }
    }

    /**
     * An event of the timeline.
     *
     * @param upstream null for a change of the load
     */
    record MarkData(double at, @Nullable String upstream, boolean fault, String text) {}
}

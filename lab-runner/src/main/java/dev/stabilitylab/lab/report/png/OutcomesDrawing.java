package dev.stabilitylab.lab.report.png;

import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.report.palette.Palette;
import dev.stabilitylab.lab.report.timeline.BreakerLane;
import dev.stabilitylab.lab.report.timeline.Slot;
import dev.stabilitylab.lab.report.timeline.Timeline;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pages a second of one variant, stacked by outcome. */
record OutcomesDrawing(Timeline timeline, List<PageKind> kinds, double top) implements PngChart.Drawing {

    @Override
    public int paint(Graphics2D graphics) {
        List<Slot> slots = timeline.slots();
        double end = slots.get(slots.size() - 1).endSeconds();
        XYChart chart = Frame.chart(timeline.variant() + ": pages a second by outcome", end, top);
        // The highest sum first, so that the lower ones are painted over it.
        for (int layers = kinds.size(); layers > 0; layers--) {
            List<PageKind> upTo = kinds.subList(0, layers);
            PageKind kind = kinds.get(layers - 1);
            XYSeries series = chart.addSeries(Palette.page(kind).label(), edges(slots, end), sums(slots, upTo));
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
            series.setMarker(SeriesMarkers.NONE);
            series.setFillColor(Color.decode(Palette.page(kind).light()));
            series.setLineColor(Color.decode(Palette.page(kind).light()));
            series.setLineStyle(Frame.NO_LINE);
        }
        if (kinds.isEmpty()) {
            chart.addSeries("none", new double[] {0, end}, new double[] {0, 0}).setMarker(SeriesMarkers.NONE);
        }
        chart.paint(graphics, PngChart.WIDTH, PngChart.CHART_HEIGHT);
        Overlay overlay = new Overlay(chart, graphics, end, top);
        overlay.marks(timeline.marks());
        overlay.transitions(timeline.lanes());
        return legend(graphics).paint();
    }

    private Legend legend(Graphics2D graphics) {
        Legend legend = new Legend(graphics);
        for (PageKind kind : kinds) {
            legend.area(
                    Palette.page(kind).label(), Color.decode(Palette.page(kind).light()));
        }
        if (timeline.lanes().stream().anyMatch(BreakerLane::changes)) {
            legend.triangle(
                    "a breaker opens", Color.decode(Palette.breaker("OPEN").light()), true);
            legend.triangle(
                    "a breaker closes", Color.decode(Palette.breaker("CLOSED").light()), false);
        }
        return legend;
    }

    /** Both ends of each slot, since a rate holds from one to the other. */
    private static double[] edges(List<Slot> slots, double end) {
        return slots.stream()
                .flatMapToDouble(slot -> DoubleStream.of(slot.startSeconds(), Math.min(end, slot.endSeconds())))
                .toArray();
    }

    private static double[] sums(List<Slot> slots, List<PageKind> kinds) {
        return slots.stream()
                .flatMapToDouble(slot -> {
                    double sum = kinds.stream().mapToDouble(slot::rate).sum();
                    return DoubleStream.of(sum, sum);
                })
                .toArray();
    }
}

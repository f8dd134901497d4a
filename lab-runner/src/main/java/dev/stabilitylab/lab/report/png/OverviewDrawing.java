package dev.stabilitylab.lab.report.png;

import dev.stabilitylab.lab.report.palette.Palette;
import dev.stabilitylab.lab.report.timeline.Slot;
import dev.stabilitylab.lab.report.timeline.Timeline;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pages a second that users could look at, a line for each variant. */
record OverviewDrawing(String title, List<Timeline> timelines, double top) implements PngChart.Drawing {

    private static final List<float[]> DASHES =
            List.of(new float[] {7, 4}, new float[] {2, 3}, new float[] {10, 3, 2, 3});

    @Override
    public int paint(Graphics2D graphics) {
        double end = timelines.stream()
                .mapToDouble(timeline ->
                        timeline.slots().get(timeline.slots().size() - 1).endSeconds())
                .max()
                .orElse(1);
        XYChart chart = Frame.chart(title, end, top);
        for (int i = 0; i < timelines.size(); i++) {
            Timeline timeline = timelines.get(i);
            List<Slot> slots = timeline.slots();
            XYSeries series = chart.addSeries(
                    (i + 1) + ". " + timeline.variant(),
                    slots.stream()
                            .mapToDouble(slot -> (slot.startSeconds() + slot.endSeconds()) / 2)
                            .toArray(),
                    slots.stream().mapToDouble(Slot::answeredRate).toArray());
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(Color.decode(Palette.variant(i).light()));
            series.setLineStyle(stroke(Palette.dash(i)));
        }
        chart.paint(graphics, PngChart.WIDTH, PngChart.CHART_HEIGHT);
        Legend legend = new Legend(graphics);
        for (int i = 0; i < timelines.size(); i++) {
            legend.line(
                    timelines.get(i).variant(), Color.decode(Palette.variant(i).light()), stroke(Palette.dash(i)));
        }
        if (!timelines.isEmpty()) {
            new Overlay(chart, graphics, end, top).marks(timelines.get(0).marks());
        }
        return legend.paint();
    }

    private static BasicStroke stroke(int dash) {
        return dash == 0
                ? new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(
                        2.2f,
                        BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_ROUND,
                        10,
                        DASHES.get((dash - 1) % DASHES.size()),
                        0);
    }
}

package dev.stabilitylab.lab.report.png;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** An empty chart of pages a second over time, in the look that all pictures share. */
final class Frame {

    static final Color INK = new Color(0x1c2026);
    static final Color FAINT = new Color(0x5b6470);
    static final Color GRID = new Color(0xe4e7ec);
    static final BasicStroke NO_LINE = new BasicStroke(0);

    /** Room for the names of faults, above the highest value. */
    private static final double HEADROOM = 1.2;

    private Frame() {}

    /** The top of a y axis that leaves room above this value. */
    static double above(double highest) {
        return highest > 0 ? highest * HEADROOM : 1;
    }

    static XYChart chart(String title, double end, double top) {
        XYChart chart = new XYChartBuilder()
                .width(PngChart.WIDTH)
                .height(PngChart.CHART_HEIGHT)
                .title(title)
                .xAxisTitle("seconds")
                .yAxisTitle("pages a second")
                .build();
        XYStyler styler = chart.getStyler();
        styler.setXAxisMin(0.0).setXAxisMax(end).setYAxisMin(0.0).setYAxisMax(top);
        styler.setLocale(Locale.ROOT).setXAxisDecimalPattern("#.##").setYAxisDecimalPattern("#.##");
        styler.setYAxisTickMarkSpacingHint(50).setXAxisTickMarkSpacingHint(70);
        styler.setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setPlotMargin(0)
                .setAxisTickMarksColor(GRID)
                .setAxisTickLabelsColor(FAINT)
                .setAxisTickLabelsFont(font(Font.PLAIN, 13))
                .setAxisTitleFont(font(Font.PLAIN, 13))
                .setAxisTickPadding(6)
                .setAxisTicksLineVisible(false);
        styler.setXAxisTitleColor(FAINT).setYAxisTitleColor(FAINT);
        styler.setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setPlotContentSize(0.997)
                .setChartFontColor(INK)
                .setChartTitleFont(font(Font.BOLD, 17))
                .setChartTitleBoxVisible(false)
                .setChartTitlePadding(23)
                .setChartPadding(14)
                .setLegendVisible(false)
                .setSeriesMarkers(new Marker[] {SeriesMarkers.NONE})
                .setAntiAlias(true);
        return chart;
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}

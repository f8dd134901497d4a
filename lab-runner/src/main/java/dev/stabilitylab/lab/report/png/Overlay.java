package dev.stabilitylab.lab.report.png;

import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.report.palette.Palette;
import dev.stabilitylab.lab.report.timeline.BreakerLane;
import dev.stabilitylab.lab.report.timeline.BreakerLane.Span;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Draws faults, heals and breakers over a chart that has been painted. */
final class Overlay {

    private static final Color SHADE = new Color(213, 94, 0, 30);
    private static final Color EDGE = new Color(0xb34700);
    private static final BasicStroke LINE = new BasicStroke(1.4f);
    private static final BasicStroke DASHED =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 3}, 0);
    private static final BasicStroke DOTTED =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {1.5f, 3}, 0);
    private static final int ROW = 17;
    private static final double TRIANGLE = 5;
    private static final int TRIANGLE_ROOM = 7;
    private static final double BADGE = 16;
    private static final double BADGE_GAP = 3;

    private final XYChart chart;
    private final Graphics2D graphics;
    private final double end;
    private final double upper;
    private final double lower;

    Overlay(XYChart chart, Graphics2D graphics, double end, double top) {
        this.chart = chart;
        this.graphics = graphics;
        this.end = end;
        this.upper = chart.getScreenYFromChart(top);
        this.lower = chart.getScreenYFromChart(0);
    }

    /**
     * Shades and names each stretch in which an upstream was broken, and each change of the load; a row of names for each upstream. Above
     * the chart every mark has its number, by which a text can speak of it.
     */
    void marks(List<Mark> marks) {
        List<String> upstreams = marks.stream().map(Mark::upstream).distinct().toList();
        graphics.setFont(Frame.font(Font.PLAIN, 13));
        for (Mark fault : marks) {
            if (fault.fault()) {
                stretch(fault, marks, upstreams.indexOf(fault.upstream()));
            } else if (fault.upstream() == null) {
                loadChange(fault, upstreams.indexOf(null));
            }
        }
        numbers(marks);
    }

    /** From 1, in order of time; what happens at nearly the same moment stands side by side. */
    private void numbers(List<Mark> marks) {
        graphics.setFont(Frame.font(Font.BOLD, 11));
        double free = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < marks.size(); i++) {
            double centre = Math.max(x(seconds(marks.get(i))), free + BADGE / 2);
            number(Integer.toString(i + 1), centre, marks.get(i).fault() ? EDGE : Frame.INK);
            free = centre + BADGE / 2 + 1;
        }
    }

    private void number(String number, double centre, Color colour) {
        double top = upper - BADGE_GAP - BADGE;
        graphics.setColor(colour);
        graphics.fill(new Ellipse2D.Double(centre - BADGE / 2, top, BADGE, BADGE));
        graphics.setColor(Color.WHITE);
        Rectangle2D ink = graphics.getFont()
                .createGlyphVector(graphics.getFontRenderContext(), number)
                .getVisualBounds();
        graphics.drawString(number, (float) (centre - ink.getCenterX()), (float) (top + BADGE / 2 - ink.getCenterY()));
    }

    private void loadChange(Mark change, int row) {
        double x = x(seconds(change));
        graphics.setStroke(DOTTED);
        graphics.setColor(Frame.INK);
        graphics.draw(new Line2D.Double(x, upper, x, lower));
        name(change.text(), x + 6, (float) upper + TRIANGLE_ROOM + ROW * (row + 1));
    }

    private void stretch(Mark fault, List<Mark> marks, int row) {
        double from = seconds(fault);
        double to = marks.stream()
                .filter(mark -> mark.isOfSameUpstream(fault) && seconds(mark) > from)
                .mapToDouble(Overlay::seconds)
                .findFirst()
                .orElse(end);
        double left = x(from);
        double right = x(to);
        graphics.setColor(SHADE);
        graphics.fill(new Rectangle2D.Double(left, upper, right - left, lower - upper));
        graphics.setColor(EDGE);
        graphics.setStroke(LINE);
        graphics.draw(new Line2D.Double(left, upper, left, lower));
        if (to < end) {
            graphics.setStroke(DASHED);
            graphics.setColor(Frame.INK);
            graphics.draw(new Line2D.Double(right, upper, right, lower));
        }
        float baseline = (float) upper + TRIANGLE_ROOM + ROW * (row + 1);
        name(fault.text(), left + 6, baseline);
        marks.stream()
                .filter(mark -> mark.heal() && mark.isOfSameUpstream(fault) && seconds(mark) == to)
                .findFirst()
                .ifPresent(heal -> healName(heal, fault, left, right, baseline));
    }

    /** The heal's name is left out where it would run into another one. */
    private void healName(Mark heal, Mark fault, double left, double right, float baseline) {
        int room = PngChart.WIDTH - 12 - (int) right;
        if (left + 10 + width(fault.text()) < right && width(heal.text()) + 6 < room) {
            name(heal.text(), right + 6, baseline);
        }
    }

    private void name(String text, double x, float baseline) {
        graphics.setColor(Frame.INK);
        graphics.drawString(text, (float) x, baseline);
    }

    private int width(String text) {
        return graphics.getFontMetrics().stringWidth(text);
    }

    /** Points down at the top edge where a breaker trips, and up at the bottom edge where it closes again. */
    void transitions(List<BreakerLane> lanes) {
        for (BreakerLane lane : lanes) {
            List<Span> spans = lane.spans();
            for (int i = 1; i < spans.size(); i++) {
                Span span = spans.get(i);
                if (span.state().equals("CLOSED")) {
                    triangle(x(span.from()), lower, -1.6 * TRIANGLE, span.state());
                } else if (span.state().equals("OPEN")
                        && spans.get(i - 1).state().equals("CLOSED")) {
                    triangle(x(span.from()), upper, 1.6 * TRIANGLE, span.state());
                }
            }
        }
    }

    private void triangle(double x, double base, double height, String state) {
        Path2D path = triangle(x, base, height);
        graphics.setColor(Color.decode(Palette.breaker(state).light()));
        graphics.fill(path);
        graphics.setColor(Color.WHITE);
        graphics.setStroke(new BasicStroke(0.8f));
        graphics.draw(path);
    }

    static Path2D triangle(double x, double base, double height) {
        Path2D path = new Path2D.Double();
        path.moveTo(x - TRIANGLE, base);
        path.lineTo(x + TRIANGLE, base);
        path.lineTo(x, base + height);
        path.closePath();
        return path;
    }

    private double x(double second) {
        return chart.getScreenXFromChart(Math.min(end, Math.max(0, second)));
    }

    private static double seconds(Mark mark) {
        return mark.at().toNanos() / 1e9;
    }
}

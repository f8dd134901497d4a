package dev.stabilitylab.lab.report.png;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What colours and marks stand for, in rows below a chart. XChart's own has no areas and no triangles. */
final class Legend {

    private static final int SYMBOL = 24;
    private static final int GAP = 22;
    private static final int ROW = 19;
    private static final int MARGIN = 24;

    private final Graphics2D graphics;
    private final List<Entry> entries = new ArrayList<>();

    Legend(Graphics2D graphics) {
        this.graphics = graphics;
    }

    void line(String label, Color colour, BasicStroke stroke) {
        add(label, colour, y -> {
            graphics.setStroke(stroke);
            graphics.draw(new Line2D.Double(0, y, SYMBOL - 6, y));
        });
    }

    void area(String label, Color colour) {
        add(label, colour, y -> graphics.fill(new Rectangle2D.Double(4, y - 6, 13, 13)));
    }

    void triangle(String label, Color colour, boolean down) {
        add(label, colour, y -> graphics.fill(Overlay.triangle(11, down ? y - 4 : y + 4, down ? 8 : -8)));
    }

    /** Centred, in as many rows as it takes. Returns where it ends. */
    int paint() {
        graphics.setFont(Frame.font(Font.PLAIN, 13));
        int y = PngChart.CHART_HEIGHT + 8;
        for (List<Entry> row : rows()) {
            int x = (PngChart.WIDTH - row.stream().mapToInt(this::width).sum() + GAP) / 2;
            for (Entry entry : row) {
                paint(entry, x, y);
                x += width(entry);
            }
            y += ROW;
        }
        return y + 4;
    }

    private void paint(Entry entry, int x, int y) {
        graphics.translate(x, 0);
        graphics.setColor(entry.colour());
        entry.symbol().accept(y);
        graphics.setColor(Frame.INK);
        graphics.drawString(entry.label(), SYMBOL, y + 5);
        graphics.translate(-x, 0);
    }

    private List<List<Entry>> rows() {
        List<List<Entry>> rows = new ArrayList<>();
        int used = 0;
        for (Entry entry : entries) {
            if (rows.isEmpty() || used + width(entry) > PngChart.WIDTH - 2 * MARGIN) {
                rows.add(new ArrayList<>());
                used = 0;
            }
            rows.get(rows.size() - 1).add(entry);
            used += width(entry);
        }
        return rows;
    }

    private int width(Entry entry) {
        return SYMBOL + graphics.getFontMetrics().stringWidth(entry.label()) + GAP;
    }

    private void add(String label, Color colour, Consumer<Integer> symbol) {
        entries.add(new Entry(label, colour, symbol));
    }

    private record Entry(String label, Color colour, Consumer<Integer> symbol) {}
}

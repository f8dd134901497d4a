package dev.stabilitylab.lab.report.png;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/** A chart that becomes a PNG. Nothing of AWT is touched before {@link #render}. */
public final class PngChart {

    static final int WIDTH = 1000;

    /** The most that a picture takes; what a drawing does not use is cut off. */
    private static final int MOST_HEIGHT = 900;

    /** Height of the chart itself; the legend stands below it. */
    static final int CHART_HEIGHT = 440;

    /** Twice as many pixels as units, so that the picture stays sharp on screens with small pixels. */
    private static final int SCALE = 2;

    private final String name;
    private final Supplier<Drawing> drawing;

    PngChart(String name, Supplier<Drawing> drawing) {
        this.name = name;
        this.drawing = drawing;
    }

    /** What the chart shows, such as the variant's name; not yet a file name. */
    public String name() {
        return name;
    }

    /**
     * Draws.
     *
     * @return the bytes of a PNG file
     * @throws PngUnavailableException when the runtime lacks what it takes to draw text
     */
    public byte[] render() throws PngUnavailableException, IOException {
        System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
        BufferedImage image;
        try {
            image = draw();
        } catch (RuntimeException | LinkageError | InternalError | java.awt.AWTError e) {
            // Each of them is how some runtime says that there are no fonts.
            throw new PngUnavailableException(e);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private BufferedImage draw() {
        BufferedImage image = new BufferedImage(WIDTH * SCALE, MOST_HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(SCALE, SCALE);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH, MOST_HEIGHT);
            int height = Math.min(MOST_HEIGHT, drawing.get().paint(graphics));
            return image.getSubimage(0, 0, WIDTH * SCALE, height * SCALE);
        } finally {
            graphics.dispose();
        }
    }

    /** Something {@link #WIDTH} wide. */
    interface Drawing {
        /** Returns the height that was used. */
        int paint(Graphics2D graphics);
    }
}

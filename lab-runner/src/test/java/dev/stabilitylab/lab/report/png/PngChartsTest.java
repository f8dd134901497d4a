package dev.stabilitylab.lab.report.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.report.SyntheticRun;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngChartsTest {

    @Test
    void drawsAllVariantsTogetherAndEachByItself() throws Exception {
        SyntheticRun run = SyntheticRun.of("t", 2, Duration.ofSeconds(12));

        List<PngChart> charts = PngCharts.of(run.simulation(), run.recordings());

        assertThat(charts).extracting(PngChart::name).containsExactly("pages", "retries-only", "breaker-outside-retry");
        assertThat(colours(charts.get(2))).contains(0x0072B2, 0xE69F00, 0xD55E00);
    }

    @Test
    void drawsARecordingOfNothing() throws Exception {
        SyntheticRun run = SyntheticRun.of("t", 1, Duration.ofSeconds(6));
        Recording nothing = new Recording(
                "v",
                Duration.ofSeconds(6),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new Mark(Duration.ofSeconds(1), "auth", true, "auth down"),
                        new Mark(Duration.ofSeconds(2), "popularity", true, "popularity down"),
                        new Mark(Duration.ofSeconds(3), null, false, "40 visits a second")));

        for (PngChart chart : PngCharts.of(run.simulation(), List.of(nothing))) {
            assertThat(chart.render()).isNotEmpty();
        }
    }

    @Test
    void numbersWhatHappensAtTheSameMomentSideBySide() throws Exception {
        SyntheticRun run = SyntheticRun.of("t", 1, Duration.ofSeconds(6));
        Mark down = new Mark(Duration.ofSeconds(1), "auth", true, "auth down");
        Mark alsoDown = new Mark(Duration.ofSeconds(1), "popularity", true, "popularity down");

        int one = widthOfBadges(run, down);
        int two = widthOfBadges(run, down, alsoDown);

        assertThat(one).isPositive();
        assertThat(two).isGreaterThan(2 * one);
    }

    @Test
    void saysWhatIsMissingWhenTextCannotBeDrawn() {
        PngChart chart = new PngChart("v", () -> {
            throw new InternalError(
                    "java.lang.reflect.InvocationTargetException", new NullPointerException("no fonts"));
        });

        assertThatThrownBy(chart::render)
                .isInstanceOf(PngUnavailableException.class)
                .hasMessageContaining("no fonts")
                .hasMessageContaining("fontconfig");
    }

    /** Pixels from the first to the last in the colour of faults; the lines below are thinner than the badges. */
    private static int widthOfBadges(SyntheticRun run, Mark... marks) throws IOException, PngUnavailableException {
        Recording recording =
                new Recording("v", Duration.ofSeconds(6), List.of(), List.of(), List.of(), List.of(), List.of(marks));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(
                PngCharts.of(run.simulation(), List.of(recording)).get(1).render()));
        int[] columns = IntStream.range(0, image.getWidth())
                .filter(x -> IntStream.range(0, image.getHeight())
                        .anyMatch(y -> (image.getRGB(x, y) & 0xFFFFFF) == 0xB34700))
                .toArray();
        return columns[columns.length - 1] - columns[0] + 1;
    }

    private static List<Integer> colours(PngChart chart) throws IOException, PngUnavailableException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(chart.render()));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels)
                .map(pixel -> pixel & 0xFFFFFF)
                .distinct()
                .boxed()
                .toList();
    }
}

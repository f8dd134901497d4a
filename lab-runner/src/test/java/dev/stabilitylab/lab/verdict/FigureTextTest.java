package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.script.Unit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTextTest {

    @ParameterizedTest
    @CsvSource({
        "85.04, RATE, 85.0/s",
        "0.04, RATE, 0.04/s",
        "0, RATE, 0.0/s",
        "0.99951, SHARE, 99.95%",
        "249.6, TIME, 250 ms",
        "1500, TIME, 1.50 s",
        "12000, TIME, 12.0 s",
        "1.234, COUNT, 1.23",
    })
    void writesFiguresWithTheirUnits(double value, Unit unit, String text) {
        assertThat(FigureText.of(value, unit)).isEqualTo(text);
    }
}

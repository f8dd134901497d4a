package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void hasTheOneInTheMiddle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 3.0))).isEqualTo(new Spread(3, 1, 9, 3));
    }

    @Test
    void liesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 3.0, 4.0))).isEqualTo(new Spread(3.5, 1, 9, 4));
    }

    @Test
    void isThatFigureWhenThereIsOneOnly() {
        assertThat(Spread.of(List.of(2.5))).isEqualTo(new Spread(2.5, 2.5, 2.5, 1));
    }

    @Test
    void leavesOutRunsWithoutTheFigure() {
        assertThat(Spread.of(Arrays.asList(4.0, null, 2.0))).isEqualTo(new Spread(3, 2, 4, 2));
    }

    @Test
    void isNoneWithoutFigures() {
        assertThat(Spread.of(Arrays.asList((Double) null))).isNull();
        assertThat(Spread.of(List.<Double>of())).isNull();
    }
}

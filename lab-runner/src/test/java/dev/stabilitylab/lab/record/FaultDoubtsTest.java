package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultDoubtsTest {

    private final FaultDoubts doubts = new FaultDoubts();

    @Test
    void saysThatAFaultHitNothing() {
        assertThat(doubts.doubt("{\"event\":\"toxic-removed\",\"proxy\":\"auth\",\"state\":{\"name\":\"slow\"}}"))
                .hasValue("Fault slow on auth hit nothing.");
    }

    @Test
    void saysOnceThatAFaultCannotAct() {
        String event = "{\"event\":\"toxic-inert\",\"proxy\":\"auth\",\"toxic\":\"busy\",\"reason\":\"tls\"}";

        assertThat(doubts.doubt(event)).hasValue("Fault busy on auth cannot act on connections of this kind: tls.");
        assertThat(doubts.doubt(event)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"toxic-removed\",\"proxy\":\"auth\",\"state\":{\"name\":\"slow\",\"hits\":3}}",
                "{\"event\":\"toxic-removed\"}",
                "{\"event\":\"toxic-hit\",\"proxy\":\"auth\"}",
                "[]",
                "no JSON"
            })
    void saysNothingOfOtherEvents(String event) {
        assertThat(doubts.doubt(event)).isEmpty();
    }
}

package dev.stabilitylab.recommendations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecommendationsPropertiesTest {

    @Test
    void needsAtLeastOneItem() {
        assertThatThrownBy(() -> new RecommendationsProperties(List.of()))
                .hasMessage("recommendations.items is empty; there must be at least 1 item");
    }

    @Test
    void refusesTheSameItemTwice() {
        assertThatThrownBy(() -> new RecommendationsProperties(List.of(1, 2, 1)))
                .hasMessage("recommendations.items is [1, 2, 1]; no item may be there twice");
    }
}

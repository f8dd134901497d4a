package dev.stabilitylab.popularity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PopularityPropertiesTest {

    @Test
    void needsAtLeastOneItem() {
        assertThatThrownBy(() -> new PopularityProperties(List.of()))
                .hasMessage("popularity.items is empty; there must be at least 1 item");
    }

    @Test
    void refusesTheSameItemTwice() {
        assertThatThrownBy(() -> new PopularityProperties(List.of(1, 2, 1)))
                .hasMessage("popularity.items is [1, 2, 1]; no item may be there twice");
    }
}

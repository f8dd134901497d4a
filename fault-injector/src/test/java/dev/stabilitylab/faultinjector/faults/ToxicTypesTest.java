package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stabilitylab.faultinjector.toxic.Delay;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToxicTypesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bandwidth",
                "connection_lifetime",
                "latency",
                "limit_data",
                "max_connections",
                "noop",
                "packet_loss",
                "reset_peer",
                "slicer",
                "slow_close",
                "stall",
                "timeout"
            })
    void makesAToxicFromTheAttributesThatItShows(String name) {
        ToxicType type = ToxicTypes.find(name).orElseThrow();

        Toxic toxic = type.create(Map.of());

        assertThat(type.create(toxic.attributes())).isEqualTo(toxic);
    }

    @Test
    void knowsNoOtherTypes() {
        assertThat(ToxicTypes.find("nope")).isEmpty();
    }

    @Test
    void leavesAttributesAloneThatToxiproxyDoesNotKnow() {
        assertThat(ToxicChannel.toxic("latency", Map.of("latncy", 1, "jitter", 2)))
                .isEqualTo(new LatencyToxic(new Delay(0, 2, 0)));
    }

    @Test
    void namesAttributesThatATypeOfOursDoesNotHave() {
        ToxicType type = ToxicType.ofOurs("ours", LatencyToxic.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.create(Map.of("latncy", 1, "jitter", 2)))
                .withMessage("ours has no attribute latncy; it has jitter, latency, sigma");
    }

    @Test
    void namesAttributeAndLimitOfAValueOutOfRange() {
        for (Object value : List.of(-1, 0.5, 86_400_001, Long.MIN_VALUE, 1e300, Double.NaN, "1", true, List.of())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ToxicChannel.toxic("timeout", Map.of("timeout", value)))
                    .withMessageStartingWith("timeout of timeout is ")
                    .withMessageEndingWith("; it must be a whole number of milliseconds from 0 to 86400000");
        }
    }

    @Test
    void refusesNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToxicChannel.toxic("timeout", Collections.singletonMap("timeout", null)))
                .withMessageStartingWith("timeout of timeout is null");
    }
}

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
        assertThat(LatencyToxic.TYPE.create(Map.of("latncy", 1, "jitter", 2)))
                .isEqualTo(new LatencyToxic(new Delay(0, 2, 0)));
    }

    @Test
    void namesAttributesThatATypeOfOursDoesNotHave() {
        ToxicType type = ToxicType.ofOurs(
                "ours",
                attributes ->
                        new LatencyToxic(new Delay(attributes.millis("latency"), attributes.millis("jitter"), 0)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.create(Map.of("latncy", 1, "jitter", 2)))
                .withMessage("ours has no attribute latncy; it has jitter, latency");
    }

    @Test
    void namesAttributeAndLimitOfAValueOutOfRange() {
        for (Object value : List.of(-1, 0.5, 86_400_001, Long.MIN_VALUE, 1e300, Double.NaN, "1", true, List.of())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TimeoutToxic.TYPE.create(Map.of("timeout", value)))
                    .withMessageStartingWith("timeout of timeout is ")
                    .withMessageEndingWith("; it must be a whole number of milliseconds from 0 to 86400000");
        }
    }

    @Test
    void refusesNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeoutToxic.TYPE.create(Collections.singletonMap("timeout", null)))
                .withMessageStartingWith("timeout of timeout is null");
    }
}

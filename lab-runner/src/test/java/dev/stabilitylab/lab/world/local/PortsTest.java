package dev.stabilitylab.lab.world.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import dev.stabilitylab.lab.world.WorldException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void areAllDifferentAndValidEvenAtTheLimits() {
        Map<Integer, String> all = new Ports(Ports.MAX_OFFSET).all(8);

        assertThat(all).hasSize(2 * (8 + 3) + 3 + 1);
        assertThat(all.keySet()).allMatch(port -> port <= 65_535);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 40_001})
    void refusesAnOffsetOutOfRange(int offset) {
        assertThatThrownBy(() -> new Ports(offset))
                .isInstanceOf(WorldException.class)
                .hasMessage("The port offset is %d; it must be from 0 to 40000.", offset);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9})
    void refusesANumberOfHomepagesOutOfRange(int homepages) {
        SystemSpec system = new SystemSpec(homepages, Map.of());

        assertThatThrownBy(() -> new LocalWorldOptions(Path.of(""), Path.of("logs"), 0, system, line -> {}))
                .hasMessage("The number of homepages is %d; it must be from 1 to 8.", homepages);
    }
}

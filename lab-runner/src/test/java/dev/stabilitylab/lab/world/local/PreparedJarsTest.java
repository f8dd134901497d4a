package dev.stabilitylab.lab.world.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.lab.world.WorldException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedJarsTest {

    @TempDir
    private Path home;

    @Test
    void namesTheJarThatIsNotBuilt() {
        PreparedJars jars = new PreparedJars(home, Jvm.current(), line -> {});

        try (Processes processes = new Processes(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> jars.prepare(Set.of("auth-service"), processes))
                    .isInstanceOf(WorldException.class)
                    .hasMessageContaining("Not built yet")
                    .hasMessageContaining("auth-service.jar");
        }
    }
}

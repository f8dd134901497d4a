package dev.stabilitylab.servicekit.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.mock.env.MockEnvironment;

class TracingProfileTest {

    /** All that are on the class path. */
    private static final List<String> ALL = ImportCandidates.load(
                    AutoConfiguration.class, TracingProfileTest.class.getClassLoader())
            .getCandidates();

    @Test
    void leavesOutWhatIsBehindItWhileItIsOff() {
        assertThat(kept("other"))
                .noneMatch(name -> name.matches(".*(OpenTelemetry|Otlp(Tracing|Logging)|Tracer|Tracing|Exemplars).*"))
                .contains(
                        "org.springframework.boot.actuate.autoconfigure.logging.LoggersEndpointAutoConfiguration",
                        "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration");
    }

    @Test
    void keepsEverythingWhileItIsOn() {
        assertThat(kept("tracing", "other")).isEqualTo(ALL);
    }

    @Test
    void leavesAloneWhatAnotherFilterHasLeftOut() {
        TracingProfile profile = new TracingProfile();
        profile.setEnvironment(new MockEnvironment());

        assertThat(profile.match(new String[] {null}, mock(AutoConfigurationMetadata.class)))
                .containsExactly(true);
    }

    private static List<String> kept(String... profiles) {
        MockEnvironment environment = new MockEnvironment();
        environment.setActiveProfiles(profiles);
        TracingProfile profile = new TracingProfile();
        profile.setEnvironment(environment);
        boolean[] match = profile.match(ALL.toArray(String[]::new), mock(AutoConfigurationMetadata.class));
        return IntStream.range(0, ALL.size())
                .filter(i -> match[i])
                .mapToObj(ALL::get)
                .toList();
    }
}

package dev.stabilitylab.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a person reads who has made a mistake in the configuration. */
@ExtendWith(OutputCaptureExtension.class)
class AuthServiceStartIT {

    @Test
    void namesTheUserAndNotTheTokenWhenItDoesNotStart(CapturedOutput output) {
        assertDoesNotStart(
                "--auth.users[0].name=Ada",
                "--auth.users[0].uuid=0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132",
                "--auth.users[0].token=sEcReT with spaces");

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains("auth.users[0].token of Ada is malformed")
                .doesNotContain("sEcReT");
    }

    @Test
    void namesTheSettingThatIsOutOfItsLimits(CapturedOutput output) {
        assertDoesNotStart("--service-kit.capacity.concurrent-requests=0");

        assertThat(output.getAll())
                .contains("service-kit.capacity.concurrent-requests is 0; it must be at least 1")
                .doesNotContain("at dev.stabilitylab");
    }

    private static void assertDoesNotStart(String... arguments) {
        SpringApplication application = new SpringApplication(AuthServiceApplication.class);

        assertThatThrownBy(() -> application.run(withFreePorts(arguments))).isInstanceOf(Exception.class);
    }

    private static String[] withFreePorts(String... arguments) {
        return Stream.concat(Stream.of("--server.port=0", "--management.server.port=0"), Stream.of(arguments))
                .toArray(String[]::new);
    }
}

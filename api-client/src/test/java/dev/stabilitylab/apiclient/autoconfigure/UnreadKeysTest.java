package dev.stabilitylab.apiclient.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot3.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class UnreadKeysTest {

    private static final String WARNING = "These settings have no effect: ";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CircuitBreakerAutoConfiguration.class,
                    BulkheadAutoConfiguration.class,
                    RetryAutoConfiguration.class,
                    TimeLimiterAutoConfiguration.class,
                    ApiClientAutoConfiguration.class,
                    UnreadKeysAutoConfiguration.class))
            .withPropertyValues(
                    "api-client.upstreams.recommendations.base-url=http://127.0.0.1:18002",
                    "api-client.upstreams.two-words.base-url=http://127.0.0.1:18003");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resilience4j.circuitbreaker.instances.recomendations.sliding-window-size=5",
                "resilience4j.circuitbreaker.instances.twowords.sliding-window-size=5",
                "resilience4j.circuitbreaker.instances.recommendations.sliding-window-size2=5",
                "resilience4j.circuitbreaker.instances.recommendations.enable-randomized-wait=true",
                "resilience4j.circuitbreaker.instances.recommendations.sliding.window.size=5",
                "resilience4j.circuitbreaker.configs.shared.sliding-window-size=5",
                "resilience4j.circuitbreaker.circuit-breaker-aspect-order=1",
                "resilience4j.retry.instances.recommendations.enable-randomized-wait=true",
                "resilience4j.retry.instances.recommendations.event-consumer-buffer-size=5",
                "resilience4j.bulkhead.instances.recommendations.writable-stack-trace-enabled=true",
                "resilience4j.timelimiter.instances.recommendations.cancel-running-future=true",
                "resilience4j.timelimiter.instances.recommendations.base-url=x",
                "resilience4j.ratelimiter.instances.recommendations.limit-for-period=5",
                "resilience4j.ratelimiter.metrics.enabled=true",
                "resilience4j.thread-pool-bulkhead.instances.recommendations.core-thread-pool-size=1",
                "resilience4j.circuitbraker.instances.recommendations.sliding-window-size=5",
                "resilience4j.scheduled.executor.core-pool-size=5"
            })
    void namesAKeyThatNothingReads(String setting, CapturedOutput output) {
        application.withPropertyValues(setting).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output)
                    .containsOnlyOnce(WARNING + setting.substring(0, setting.indexOf('=')) + ". ")
                    .contains("the upstreams are [recommendations, two-words]");
        });
    }

    @Test
    void namesAllOfThemOnceInOneWarningAndNeverTheirValues(CapturedOutput output) {
        application
                .withPropertyValues(
                        "resilience4j.retry.instances.recommendations.retry-exceptions[0]=java.io.IOException",
                        "resilience4j.retry.instances.recommendations.retry-exceptions[1]=java.lang.Error",
                        "resilience4j.circuitbreaker.instances.recommendations.sliding-windw-size=secret")
                .run(context -> assertThat(output)
                        .containsOnlyOnce(WARNING
                                + "resilience4j.circuitbreaker.instances.recommendations.sliding-windw-size,"
                                + " resilience4j.retry.instances.recommendations.retry-exceptions. ")
                        .doesNotContain("secret", "IOException"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resilience4j.circuitbreaker.instances.recommendations.sliding-window-size=5",
                "resilience4j.circuitbreaker.instances.two-words.sliding-window-size=5",
                "resilience4j.circuitbreaker.instances.recommendations.slidingWindowSize=5",
                "resilience4j.circuitbreaker.instances.recommendations.sliding_window_size=5",
                "resilience4j.circuit-breaker.instances.recommendations.sliding-window-size=5",
                "resilience4j.circuitbreaker.backends.recommendations.sliding-window-size=5",
                "resilience4j.circuitbreaker.configs.default.sliding-window-size=5",
                "resilience4j.circuitbreaker.instances.recommendations.register-health-indicator=true",
                "resilience4j.circuitbreaker.metrics.enabled=true",
                "resilience4j.retry.instances.recommendations.max-attempts=2",
                "resilience4j.bulkhead.instances.recommendations.max-concurrent-calls=2",
                "resilience4j.timelimiter.instances.recommendations.timeout-duration=1s",
                "resilience4jx.something=1"
            })
    void saysNothingOfAKeyThatIsRead(String setting, CapturedOutput output) {
        application.withPropertyValues(setting).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output).doesNotContain(WARNING);
        });
    }

    @Test
    void knowsTheConfigsThatInstancesReferTo(CapturedOutput output) {
        application
                .withPropertyValues(
                        "resilience4j.circuitbreaker.instances.recommendations.base-config=shared",
                        "resilience4j.circuitbreaker.configs.shared.base-config=root",
                        "resilience4j.circuitbreaker.configs.shared.sliding-window-size=5",
                        "resilience4j.circuitbreaker.configs.root.minimum-number-of-calls=5",
                        "resilience4j.circuitbreaker.configs.other.minimum-number-of-calls=5")
                .run(context -> assertThat(output)
                        .contains(WARNING + "resilience4j.circuitbreaker.configs.other.minimum-number-of-calls. "));
    }

    @ParameterizedTest
    @CsvSource({
        "RESILIENCE4J_CIRCUITBREAKER_INSTANCES_RECOMMENDATIONS_SLIDINGWINDOWSIZE, true",
        "RESILIENCE4J_CIRCUITBREAKER_INSTANCES_RECOMMENDATIONS_SLIDING_WINDOW_SIZE, true",
        "RESILIENCE4J_CIRCUITBREAKER_INSTANCES_TWOWORDS_SLIDINGWINDOWSIZE, true",
        "RESILIENCE4J_CIRCUITBREAKER_INSTANCES_RECOMENDATIONS_SLIDINGWINDOWSIZE, false",
        "RESILIENCE4J_RETRY_INSTANCES_RECOMMENDATIONS_RETRYEXCEPTIONS_0, false"
    })
    void understandsVariables(String variable, boolean read, CapturedOutput output) {
        application
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment",
                                Map.of(variable, variable.endsWith("_0") ? "java.lang.Error" : "5"))))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output.getOut().contains(WARNING)).isNotEqualTo(read);
                });
    }
}

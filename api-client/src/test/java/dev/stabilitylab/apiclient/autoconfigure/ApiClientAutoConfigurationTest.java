package dev.stabilitylab.apiclient.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.ApiClients;
import dev.stabilitylab.apiclient.internal.gateway.Gateways;
import io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot3.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class ApiClientAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CircuitBreakerAutoConfiguration.class,
                    BulkheadAutoConfiguration.class,
                    RetryAutoConfiguration.class,
                    TimeLimiterAutoConfiguration.class,
                    ApiClientAutoConfiguration.class))
            .withPropertyValues("api-client.upstreams.recommendations.base-url=http://127.0.0.1:18002");

    @Test
    void takesResilience4jsKeysForWhatResilience4jHas() {
        application
                .withPropertyValues(
                        "resilience4j.circuitbreaker.instances.recommendations.sliding-window-size=5",
                        "resilience4j.circuitbreaker.instances.recommendations.minimum-number-of-calls=5",
                        "resilience4j.retry.configs.default.max-attempts=4",
                        "resilience4j.retry.instances.recommendations.wait-duration=50ms",
                        "resilience4j.bulkhead.instances.recommendations.max-concurrent-calls=7",
                        "resilience4j.timelimiter.instances.recommendations.timeout-duration=400ms",
                        "api-client.upstreams.recommendations.breaker-position=outside-retry",
                        "api-client.upstreams.recommendations.jitter=decorrelated")
                .run(context -> {
                    Map<String, Object> policy = context.getBean(Gateways.class)
                            .view("recommendations")
                            .policy();

                    assertThat(policy).containsEntry("attempt-timeout", "400ms").containsEntry("deadline", "3s");
                    assertThat(policy.get("retry"))
                            .asString()
                            .contains("max-attempts=4", "wait-duration=50ms", "jitter=decorrelated");
                    assertThat(policy.get("circuit-breaker"))
                            .asString()
                            .contains("position=outside-retry", "sliding-window-size=5", "minimum-number-of-calls=5");
                    assertThat(policy.get("bulkhead")).asString().contains("max-concurrent-calls=7");
                });
    }

    @Test
    void leavesOutPoliciesThatAreNotListed() {
        application
                .withPropertyValues("api-client.upstreams.recommendations.policies=circuit-breaker")
                .run(context -> assertThat(context.getBean(Gateways.class)
                                .view("recommendations")
                                .policy())
                        .containsEntry("retry", null)
                        .containsEntry("bulkhead", null)
                        .doesNotContainEntry("circuit-breaker", null));
    }

    @Test
    void startsWithoutAnyUpstream() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CircuitBreakerAutoConfiguration.class,
                        BulkheadAutoConfiguration.class,
                        RetryAutoConfiguration.class,
                        TimeLimiterAutoConfiguration.class,
                        ApiClientAutoConfiguration.class))
                .run(context -> assertThat(context.getBean(ApiClients.class).upstreams())
                        .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            api-client.upstreams.recommendations.base-url=ftp://x | api-client.upstreams.recommendations.base-url is ftp://x; it must be an http or https address
            api-client.upstreams.recommendations.base-url=        | api-client.upstreams.recommendations.base-url is missing; it must be an address
            api-client.upstreams.recommendations.deadline=10ms    | api-client.upstreams.recommendations.deadline is 10ms; it must be at least the attempt timeout, which is 1s
            api-client.upstreams.recommendations.deadline=-1s     | api-client.upstreams.recommendations.deadline is -1s; it must be from 1ms to 1h
            api-client.upstreams.recommendations.connect-timeout=0 | api-client.upstreams.recommendations.connect-timeout is 0ms; it must be from 1ms to 1h
            api-client.upstreams.recommendations.max-connections=0 | api-client.upstreams.recommendations.max-connections is 0; it must be from 1 to 10000
            api-client.upstreams.recommendations.max-response-size=1GB | api-client.upstreams.recommendations.max-response-size is 1073741824 bytes; it must be from 1 to 67108864
            api-client.trusted-callers=localhost                  | api-client.trusted-callers[0] is localhost; it must be an IP address or a range such as 10.0.0.0/8
            api-client.trusted-callers=10.0.0.0/8,::/129          | api-client.trusted-callers[1] is ::/129; the number behind the slash must be from 0 to 128
            api-client.trusted-callers=10.0.0.1/8                 | api-client.trusted-callers[0] is 10.0.0.1/8; all bits of the address after the first 8 must be 0
            resilience4j.retry.instances.recommendations.exponential-max-wait-duration=1ms | resilience4j.retry.instances.recommendations.exponential-max-wait-duration is 1ms; it must be at least the wait-duration, which is 500ms
            resilience4j.bulkhead.instances.recommendations.max-concurrent-calls=0 | resilience4j.bulkhead.instances.recommendations.max-concurrent-calls is 0; that is not possible: maxConcurrentCalls must be
            resilience4j.retry.instances.recommendations.max-attempts=0 | resilience4j.retry.instances.recommendations.max-attempts is 0; that is not possible: maxAttempts must be
            api-client.upstreams.recommendations.jitter=wild | api-client.upstreams.recommendations.jitter is wild; it must be one of none, full, equal, decorrelated
            """)
    void refusesToStartWithAWrongSettingAndNamesKeyValueAndLimit(String setting, String sentence) {
        application.withPropertyValues(setting).run(context -> {
            assertThat(description(context.getStartupFailure())).contains(sentence);
        });
    }

    @Test
    void listsMistakesInTrustedCallersAndUpstreamsTogether() {
        application
                .withPropertyValues(
                        "api-client.trusted-callers=everybody",
                        "api-client.upstreams.recommendations.max-connections=0")
                .run(context -> assertThat(description(context.getStartupFailure()))
                        .contains("api-client.trusted-callers[0] is everybody", "max-connections is 0"));
    }

    @Test
    void trustsEveryCallerUnlessToldOtherwise() {
        application.run(context -> {
            TrustedCallers trusted =
                    context.getBean(UpstreamSettings.Checked.class).trustedCallers();

            assertThat(trusted.contain("203.0.113.9")).isTrue();
            assertThat(trusted.contain("2001:db8::1")).isTrue();
        });
    }

    @Test
    void trustsNobodyWhenTheListIsEmpty() {
        application.withPropertyValues("api-client.trusted-callers=").run(context -> {
            TrustedCallers trusted =
                    context.getBean(UpstreamSettings.Checked.class).trustedCallers();

            assertThat(trusted.contain("127.0.0.1")).isFalse();
            assertThat(trusted.contain("::1")).isFalse();
        });
    }

    @Test
    void refusesToStartWithAKeyThatDoesNotExist() {
        application
                .withPropertyValues("api-client.upstreams.recommendations.deadlin=1s")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class)
                        .rootCause()
                        .hasMessageContaining("api-client.upstreams.recommendations.deadlin"));
    }

    /** What a person reads when the application does not start. */
    private static String description(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((analyzerThatNeedsMore, reason) -> {}))
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .map(FailureAnalysis::getDescription)
                .findFirst()
                .orElseThrow();
    }
}

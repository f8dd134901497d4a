package dev.stabilitylab.apiclient.internal.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyReaderTest {

    private static final String TIMEOUTS = "'connect-timeout': '300ms', 'attempt-timeout': '1s', 'deadline': '3s'";
    private static final String BREAKER = "'circuit-breaker': {'position': 'outside-retry', 'sliding-window-type':"
            + " 'count-based', 'sliding-window-size': 5, 'minimum-number-of-calls': 5, 'failure-rate-threshold': 100,"
            + " 'slow-call-rate-threshold': 100, 'slow-call-duration-threshold': '60s', 'wait-duration-in-open-state':"
            + " '2s', 'permitted-number-of-calls-in-half-open-state': 1, 'max-wait-duration-in-half-open-state': '5s'}";
    private static final String RETRY = "'retry': {'max-attempts': 2, 'wait-duration': '0ms',"
            + " 'exponential-backoff-multiplier': 1.5, 'exponential-max-wait-duration': '1s', 'jitter': 'decorrelated'}";
    private static final String OTHERS = "'retry-budget': {'percentage': 12.5, 'burst': 7},"
            + " 'bulkhead': {'max-concurrent-calls': 5, 'max-wait-duration': '0ms'},"
            + " 'stale-if-error': {'max-age': '30s', 'max-size': '10MB'}";

    static Stream<String> policies() {
        return Stream.of(TIMEOUTS, TIMEOUTS + ", " + BREAKER, TIMEOUTS + ", " + RETRY + ", " + BREAKER + ", " + OTHERS);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void readsWhatIsWritten(String settings) throws IOException {
        Policy policy = read("{" + settings + "}");

        assertThat(PolicyReader.read(
                        new ByteArrayInputStream(new ObjectMapper().writeValueAsBytes(PolicyJson.write(policy)))))
                .isEqualTo(policy);
        assertThat(PolicyRules.violations(policy)).isEmpty();
    }

    @Test
    void takesWhatIsAbsentAsOff() {
        Policy policy = read("{" + TIMEOUTS + "}");

        assertThat(policy)
                .isEqualTo(new Policy(
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'connect-timeout': '300ms', 'attempt-timeout': '1s'                | deadline is missing; it must be a duration with its unit, such as 300ms or 2s
            'connect-timeout': null, 'attempt-timeout': '1s', 'deadline': '3s' | connect-timeout is null; it must be a duration
            TIMEOUTS, 'dead-line': '3s'                                        | dead-line is not known; known here are connect-timeout, attempt-timeout, deadline, retry, retry-budget, circuit-breaker, bulkhead, stale-if-error
            'connect-timeout': 300                                             | connect-timeout is 300; it must be a duration
            'connect-timeout': 'soon'                                          | connect-timeout is 'soon'; it must be a duration
            'connect-timeout': '300'                                           | connect-timeout is '300'; it must be a duration
            'connect-timeout': '999999d'                                       | connect-timeout is '999999d'; it must be a duration
            'connect-timeout': '999999999999999999999d'                        | connect-timeout is '999999999999999999999d'; it must be a duration
            TIMEOUTS, 'bulkhead': 5                                            | bulkhead is 5; it must be a JSON object
            TIMEOUTS, 'bulkhead': {'max-concurrent-calls': '5'}                | bulkhead.max-concurrent-calls is '5'; it must be a whole number of at most 32 bits
            TIMEOUTS, 'bulkhead': {'max-concurrent-calls': 1.5}                | bulkhead.max-concurrent-calls is 1.5; it must be a whole number of at most 32 bits
            TIMEOUTS, 'bulkhead': {'max-concurrent-calls': 2147483648}         | bulkhead.max-concurrent-calls is 2147483648; it must be a whole number of at most 32 bits
            TIMEOUTS, 'bulkhead': {'max-concurrent-calls': null}               | bulkhead.max-concurrent-calls is null; it must be a whole number of at most 32 bits
            TIMEOUTS, 'bulkhead': {}                                           | bulkhead.max-concurrent-calls is missing; it must be a whole number of at most 32 bits
            TIMEOUTS, 'retry-budget': {'percentage': '10'}                     | retry-budget.percentage is '10'; it must be a number
            TIMEOUTS, 'retry-budget': {'burst': 10}                            | retry-budget.percentage is missing; it must be a number
            TIMEOUTS, 'stale-if-error': {'max-age': '1s', 'max-size': '10'}    | stale-if-error.max-size is '10'; it must be a size with its unit, such as 512KB or 10MB
            TIMEOUTS, 'stale-if-error': {'max-age': '1s'}                      | stale-if-error.max-size is missing; it must be a size with its unit
            TIMEOUTS, 'circuit-breaker': {'position': 'INSIDE_RETRY'}          | circuit-breaker.position is 'INSIDE_RETRY'; it must be one of inside-retry, outside-retry
            TIMEOUTS, 'circuit-breaker': {'position': 0}                       | circuit-breaker.position is 0; it must be one of inside-retry, outside-retry
            TIMEOUTS, 'circuit-breaker': {}                                    | circuit-breaker.position is missing; it must be one of inside-retry, outside-retry
            """)
    void namesTheKeyThatIsWrong(String settings, String sentence) {
        assertThatThrownBy(() -> read("{" + settings.replace("TIMEOUTS", TIMEOUTS) + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence.replace('\'', '"'));
    }

    private static Policy read(String json) {
        try {
            return PolicyReader.read(
                    new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8)));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

package dev.stabilitylab.apiclient.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyJsonTest {

    private static final String TIMEOUTS = "'connect-timeout': '300ms', 'attempt-timeout': '1s', 'deadline': '3s'";
    private static final String BREAKER = "'circuit-breaker': {'position': 'outside-retry', 'sliding-window-type':"
            + " 'count-based', 'sliding-window-size': 5, 'minimum-number-of-calls': 5, 'failure-rate-threshold': 100,"
            + " 'slow-call-rate-threshold': 100, 'slow-call-duration-threshold': '60s', 'wait-duration-in-open-state':"
            + " '2s', 'permitted-number-of-calls-in-half-open-state': 1, 'max-wait-duration-in-half-open-state': '5s'}";

    @Test
    void readsWhatItWrites() {
        Policy policy = read("{" + TIMEOUTS + ", " + BREAKER + "}");

        assertThat(PolicyJson.read(PolicyJson.write(policy))).isEqualTo(policy);
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
            'connect-timeout': '300ms', 'attempt-timeout': '1s'                         | deadline is missing
            'connect-timeout': null, 'attempt-timeout': '1s', 'deadline': '3s'          | connect-timeout is null
            'connect-timeout': '300ms', 'attempt-timeout': '1s', 'deadline': '3s', 'dead-line': '3s'      | dead-line is not known; known here are [
            'connect-timeout': 300, 'attempt-timeout': '1s', 'deadline': '3s'           | connect-timeout: 300 is not a duration
            'connect-timeout': 'soon', 'attempt-timeout': '1s', 'deadline': '3s'        | connect-timeout: soon is not a duration
            'connect-timeout': '300', 'attempt-timeout': '1s', 'deadline': '3s'         | connect-timeout: 300 is not a duration
            'connect-timeout': '999999d', 'attempt-timeout': '1s', 'deadline': '3s'     | connect-timeout: 999999d is not a duration
            'connect-timeout': '999999999999999999999d', 'attempt-timeout': '1s', 'deadline': '3s' | connect-timeout
            'connect-timeout': '1s', 'attempt-timeout': '1s', 'deadline': '3s', 'bulkhead': 5      | bulkhead
            'connect-timeout': '1s', 'attempt-timeout': '1s', 'deadline': '3s', 'bulkhead': {'max-concurrent-calls': '5', 'max-wait-duration': '0s'} | bulkhead.max-concurrent-calls
            'connect-timeout': '1s', 'attempt-timeout': '1s', 'deadline': '3s', 'bulkhead': {'max-concurrent-calls': 1.5, 'max-wait-duration': '0s'} | bulkhead.max-concurrent-calls
            'connect-timeout': '1s', 'attempt-timeout': '1s', 'deadline': '3s', 'retry': {'max-attempts': 2} | retry
            """)
    void namesTheKeyThatIsWrong(String settings, String culprit) {
        assertThatThrownBy(() -> read("{" + settings + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(culprit);
    }

    private static Policy read(String json) {
        try {
            return PolicyJson.read(
                    new ObjectMapper().readValue(json.replace('\'', '"'), new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException mistake) {
            throw new AssertionError(mistake);
        }
    }
}

package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientMetricsTest {

    @Test
    void countsAttemptsByUpstreamAndOutcomeAndRetriesByUpstream() {
        ClientMetrics metrics = ClientMetrics.parse("""
                # TYPE api_client_attempts_seconds summary
                api_client_attempts_seconds_count{outcome="success",upstream="auth"} 7
                api_client_attempts_seconds_sum{outcome="success",upstream="auth"} 0.3
                api_client_attempts_seconds_count{outcome="success",upstream="recommendations"} 5
                api_client_attempts_seconds_count{outcome="timed_out",upstream="recommendations"} 1.2E7
                # TYPE api_client_retries_total counter
                api_client_retries_total{cause="timed_out",upstream="recommendations"} 2.0
                api_client_retries_total{cause="server_error",upstream="recommendations"} 1.0
                """);

        assertThat(metrics.attempts())
                .isEqualTo(Map.of(
                        "auth", Map.of("success", 7L),
                        "recommendations", Map.of("success", 5L, "timed_out", 12_000_000L)));
        assertThat(metrics.retries()).isEqualTo(Map.of("recommendations", 3L));
    }

    @Test
    void hasNoCountsBeforeTheFirstAttempt() {
        assertThat(ClientMetrics.parse("")).isEqualTo(new ClientMetrics(Map.of(), Map.of()));
    }
}

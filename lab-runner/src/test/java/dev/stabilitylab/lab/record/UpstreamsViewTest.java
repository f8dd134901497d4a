package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stabilitylab.lab.record.UpstreamsView.Change;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamsViewTest {

    @Test
    void readsStatesAndTransitionsOfUpstreamsThatHaveABreaker() {
        UpstreamsView view = UpstreamsView.parse("""
                {"upstreams": {
                  "recommendations": {"base-url": "http://127.0.0.1:18002", "policy": {}, "breaker": {"state": "OPEN",
                    "transitions": [{"at": "2026-11-23T15:00:00.123Z", "from": "CLOSED", "to": "OPEN"}]}},
                  "auth": {"base-url": "http://127.0.0.1:18000", "policy": {}, "breaker": null},
                  "popularity": {"base-url": "http://127.0.0.1:18003", "policy": {}}}}
                """);

        assertThat(view.breakers()).isEqualTo(Map.of("recommendations", "OPEN"));
        assertThat(view.changes())
                .containsExactly(
                        new Change("recommendations", Instant.parse("2026-11-23T15:00:00.123Z"), "CLOSED", "OPEN"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"upstreams\": {\"a\": {\"breaker\": {}}}}",
                "{\"upstreams\": {\"a\": {\"breaker\": {\"state\": \"OPEN\"}}}}",
                "{\"upstreams\": {\"a\": {\"breaker\": {\"state\": \"OPEN\", \"transitions\": [{\"at\": \"noon\"}]}}}}"
            })
    void refusesOtherShapes(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> UpstreamsView.parse(json));
    }
}

package dev.stabilitylab.lab.world.control;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.http.Fault.EMPTY_RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stabilitylab.lab.script.Fault.Down;
import dev.stabilitylab.lab.script.Fault.Errors;
import dev.stabilitylab.lab.script.Fault.Slow;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpstreamFaultsTest {

    private static final Duration LEASE = Duration.ofSeconds(9);

    @RegisterExtension
    private static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private UpstreamFaults faults;

    @BeforeEach
    void anInjectorAndAServiceThatDoAsTheyAreTold() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        SERVER.stubFor(get("/proxies/recommendations/toxics").willReturn(okJson("[]")));
        ControlCalls calls = new ControlCalls(
                new ControlHttp(Duration.ofSeconds(10)), ControlCalls.retries(3, Duration.ofMillis(1)));
        URI url = URI.create(SERVER.baseUrl());
        faults = UpstreamFaults.of(calls, url, Map.of("recommendations", new Instance("recommendations", url)));
    }

    @Test
    void makesAServiceSlowFromInsideAndMendsTheWire() {
        faults.inject("recommendations", new Slow(Duration.ofMillis(7500), Duration.ofMillis(2500), 0.3), LEASE);

        assertThat(requests())
                .containsExactly(
                        "PUT /actuator/trouble?ttl=9000ms",
                        "GET /proxies/recommendations/toxics",
                        "POST /proxies/recommendations");
        assertThat(bodies().get(0))
                .contains("\"slowdown\"", "\"latency\":\"7500ms\"", "\"jitter\":\"2500ms\"", "\"probability\":0.3")
                .doesNotContain("errors");
    }

    @Test
    void makesAServiceFailFromInside() {
        faults.inject("recommendations", new Errors(0.05), LEASE);

        assertThat(bodies().get(0)).isEqualTo("{\"errors\":{\"probability\":0.05}}");
    }

    @Test
    void endsTheTroubleWhenTheWireBreaksInItsPlace() {
        faults.inject("recommendations", new Errors(0.05), LEASE);
        SERVER.resetRequests();

        faults.inject("recommendations", new Down(1), LEASE);

        assertThat(requests()).first().isEqualTo("POST /proxies/recommendations");
        assertThat(requests()).last().isEqualTo("DELETE /actuator/trouble");
    }

    @Test
    void mendsBothTheWireAndTheService() {
        faults.inject("recommendations", new Errors(0.05), LEASE);
        SERVER.resetRequests();

        faults.heal("recommendations");

        assertThat(requests()).contains("POST /proxies/recommendations", "DELETE /actuator/trouble");
    }

    @Test
    void asksNoServiceThatItHasNotTroubled() {
        faults.inject("recommendations", new Down(1), LEASE);
        faults.heal("recommendations");
        faults.healAll();

        assertThat(requests()).noneMatch(request -> request.contains("trouble"));
    }

    @Test
    void mendsEverythingOnce() {
        faults.inject("recommendations", new Errors(0.05), LEASE);
        SERVER.resetRequests();

        faults.healAll();
        faults.healAll();

        assertThat(requests()).containsExactly("POST /reset", "DELETE /actuator/trouble", "POST /reset");
    }

    @Test
    void endsTroubleThatMayHaveBegunThoughTheAnswerWasLost() {
        SERVER.stubFor(
                put(urlPathEqualTo("/actuator/trouble")).willReturn(aResponse().withFault(EMPTY_RESPONSE)));

        assertThatThrownBy(() -> faults.inject("recommendations", new Errors(0.05), LEASE))
                .isInstanceOf(WorldException.class)
                .hasMessageStartingWith("recommendations does not answer: PUT");
        faults.endAllTrouble();

        assertThat(requests()).last().isEqualTo("DELETE /actuator/trouble");
    }

    @Test
    void triesAgainToEndTroubleThatCouldNotBeEnded() {
        faults.inject("recommendations", new Errors(0.05), LEASE);
        SERVER.stubFor(delete("/actuator/trouble").willReturn(aResponse().withFault(EMPTY_RESPONSE)));
        assertThatThrownBy(faults::endAllTrouble).isInstanceOf(WorldException.class);
        SERVER.stubFor(delete("/actuator/trouble").willReturn(okJson("{}")));
        SERVER.resetRequests();

        faults.endAllTrouble();
        faults.endAllTrouble();

        assertThat(requests()).containsExactly("DELETE /actuator/trouble");
    }

    @Test
    void refusesAServiceThatIsInTroubleAlready() {
        SERVER.stubFor(get("/actuator/trouble").willReturn(okJson("{\"expires-at\": \"2026-11-24T10:00:00Z\"}")));

        assertThatThrownBy(() -> faults.requireTroubleless(Set.of("recommendations")))
                .isInstanceOf(WorldException.class)
                .hasMessageContaining("recommendations is in trouble already, until 2026-11-24T10:00:00Z");
    }

    @Test
    void takesAServiceWithoutTroubleForWhole() {
        SERVER.stubFor(get("/actuator/trouble").willReturn(okJson("{\"slowdown\": null, \"expires-at\": null}")));

        faults.requireTroubleless(Set.of("recommendations"));

        assertThat(requests()).containsExactly("GET /actuator/trouble", "DELETE /actuator/trouble");
    }

    @Test
    void saysWhichServicesCanBeBrokenFromInside() {
        assertThatThrownBy(() -> faults.inject("auth", new Errors(1), LEASE))
                .isInstanceOf(WorldException.class)
                .hasMessage("auth cannot be broken from inside; only recommendations can.");
    }

    private static List<String> requests() {
        return new RequestLog(SERVER).requests();
    }

    private static List<String> bodies() {
        return new RequestLog(SERVER).bodies();
    }
}

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
import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.script.Fault.Down;
import dev.stabilitylab.lab.script.Fault.Errors;
import dev.stabilitylab.lab.script.Fault.Slow;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
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

    private static final Duration AT_MOST = Duration.ofSeconds(9);

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
        faults = UpstreamFaults.of(calls, url, Map.of("recommendations", new Instance("recommendations", url, url)));
    }

    @Test
    void makesAServiceSlowFromInside() {
        breakIt(new Slow(Duration.ofMillis(7500), Duration.ofMillis(2500), 0.3));

        assertThat(requests()).containsExactly("PUT /actuator/faults/active?ttl=9000ms");
        assertThat(bodies().get(0))
                .contains("\"slowdown\"", "\"latency\":\"7500ms\"", "\"jitter\":\"2500ms\"", "\"probability\":0.3")
                .doesNotContain("errors");
    }

    @Test
    void makesAServiceFailFromInside() {
        breakIt(new Errors(0.05));

        assertThat(bodies().get(0)).isEqualTo("{\"errors\":{\"probability\":0.05}}");
    }

    @Test
    void clearsTheServiceFaultWhenTheWireBreaksInItsPlace() {
        breakIt(new Errors(0.05));
        SERVER.resetRequests();

        breakIt(new Down(1));

        assertThat(requests())
                .containsExactly(
                        "DELETE /schedule",
                        "PUT /schedule",
                        "POST /schedule/keepalive",
                        "DELETE /actuator/faults/active");
    }

    @Test
    void mendsBothTheWireAndTheService() {
        breakIt(new Errors(0.05));
        SERVER.resetRequests();

        faults.heal("recommendations");

        assertThat(requests()).contains("POST /proxies/recommendations", "DELETE /actuator/faults/active");
    }

    @Test
    void asksNoServiceWithoutAFaultOfItsOwn() {
        breakIt(new Down(1));
        faults.heal("recommendations");
        faults.healAll();

        assertThat(requests()).noneMatch(request -> request.contains("/actuator/"));
    }

    @Test
    void mendsEverythingOnce() {
        breakIt(new Errors(0.05));
        SERVER.resetRequests();

        faults.healAll();
        faults.healAll();

        assertThat(requests()).containsExactly("POST /reset", "DELETE /actuator/faults/active", "POST /reset");
    }

    @Test
    void clearsAFaultThatMayBeActiveThoughTheAnswerWasLost() {
        SERVER.stubFor(put(urlPathEqualTo("/actuator/faults/active"))
                .willReturn(aResponse().withFault(EMPTY_RESPONSE)));

        assertThatThrownBy(() -> breakIt(new Errors(0.05)))
                .isInstanceOf(WorldException.class)
                .hasMessageStartingWith("recommendations does not answer: PUT");
        faults.clearServiceFaults();

        assertThat(requests()).last().isEqualTo("DELETE /actuator/faults/active");
    }

    @Test
    void triesAgainToClearAFaultThatCouldNotBeCleared() {
        breakIt(new Errors(0.05));
        SERVER.stubFor(delete("/actuator/faults/active").willReturn(aResponse().withFault(EMPTY_RESPONSE)));
        assertThatThrownBy(faults::clearServiceFaults).isInstanceOf(WorldException.class);
        SERVER.stubFor(delete("/actuator/faults/active").willReturn(okJson("{}")));
        SERVER.resetRequests();

        faults.clearServiceFaults();
        faults.clearServiceFaults();

        assertThat(requests()).containsExactly("DELETE /actuator/faults/active");
    }

    @Test
    void refusesAServiceThatHasAFaultAlready() {
        SERVER.stubFor(get("/actuator/faults").willReturn(okJson("{\"expires-at\": \"2026-11-24T10:00:00Z\"}")));

        assertThatThrownBy(() -> faults.requireNoServiceFault(Set.of("recommendations")))
                .isInstanceOf(WorldException.class)
                .hasMessageContaining("recommendations already has a service fault, until 2026-11-24T10:00:00Z");
    }

    @Test
    void acceptsAServiceWithoutAFault() {
        SERVER.stubFor(get("/actuator/faults").willReturn(okJson("{\"slowdown\": null, \"expires-at\": null}")));

        faults.requireNoServiceFault(Set.of("recommendations"));

        assertThat(requests()).containsExactly("GET /actuator/faults", "DELETE /actuator/faults/active");
    }

    @Test
    void saysWhichServicesCanBeBrokenFromInside() {
        assertThatThrownBy(() -> faults.carryOut(new Inject(Duration.ZERO, "auth", new Errors(1)), AT_MOST))
                .isInstanceOf(WorldException.class)
                .hasMessage("auth cannot be broken from inside; only recommendations can.");
    }

    /** A timeline of nothing but this fault, now. */
    private void breakIt(Fault fault) {
        Inject change = new Inject(Duration.ZERO, "recommendations", fault);
        faults.begin(List.of(change), () -> Duration.ZERO);
        faults.carryOut(change, AT_MOST);
    }

    private static List<String> requests() {
        return new RequestLog(SERVER).requests();
    }

    private static List<String> bodies() {
        return new RequestLog(SERVER).bodies();
    }
}

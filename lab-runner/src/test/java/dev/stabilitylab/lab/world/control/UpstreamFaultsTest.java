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
        faults = UpstreamFaults.of(calls, url, Map.of("recommendations", new Instance("recommendations", url)));
    }

    @Test
    void makesAServiceSlowFromInside() {
        breakIt(new Slow(Duration.ofMillis(7500), Duration.ofMillis(2500), 0.3));

        assertThat(requests()).containsExactly("PUT /actuator/trouble?ttl=9000ms");
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
    void endsTheTroubleWhenTheWireBreaksInItsPlace() {
        breakIt(new Errors(0.05));
        SERVER.resetRequests();

        breakIt(new Down(1));

        assertThat(requests())
                .containsExactly(
                        "DELETE /schedule", "PUT /schedule", "POST /schedule/keepalive", "DELETE /actuator/trouble");
    }

    @Test
    void mendsBothTheWireAndTheService() {
        breakIt(new Errors(0.05));
        SERVER.resetRequests();

        faults.heal("recommendations");

        assertThat(requests()).contains("POST /proxies/recommendations", "DELETE /actuator/trouble");
    }

    @Test
    void asksNoServiceThatItHasNotTroubled() {
        breakIt(new Down(1));
        faults.heal("recommendations");
        faults.healAll();

        assertThat(requests()).noneMatch(request -> request.contains("trouble"));
    }

    @Test
    void mendsEverythingOnce() {
        breakIt(new Errors(0.05));
        SERVER.resetRequests();

        faults.healAll();
        faults.healAll();

        assertThat(requests()).containsExactly("POST /reset", "DELETE /actuator/trouble", "POST /reset");
    }

    @Test
    void endsTroubleThatMayHaveBegunThoughTheAnswerWasLost() {
        SERVER.stubFor(
                put(urlPathEqualTo("/actuator/trouble")).willReturn(aResponse().withFault(EMPTY_RESPONSE)));

        assertThatThrownBy(() -> breakIt(new Errors(0.05)))
                .isInstanceOf(WorldException.class)
                .hasMessageStartingWith("recommendations does not answer: PUT");
        faults.endAllTrouble();

        assertThat(requests()).last().isEqualTo("DELETE /actuator/trouble");
    }

    @Test
    void triesAgainToEndTroubleThatCouldNotBeEnded() {
        breakIt(new Errors(0.05));
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

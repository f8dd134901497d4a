package dev.stabilitylab.lab.world.control;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InjectorClientTest {

    @RegisterExtension
    private static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private InjectorClient injector;

    @BeforeEach
    void anInjectorWithAToxic() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        SERVER.stubFor(get("/proxies/auth/toxics").willReturn(okJson("[{\"name\": \"old\"}, {\"name\": \"lab-1\"}]")));
        ControlCalls calls = new ControlCalls(
                new ControlHttp(Duration.ofSeconds(10)), ControlCalls.retries(3, Duration.ofMillis(1)));
        injector = new InjectorClient(calls, URI.create(SERVER.baseUrl()));
    }

    @Test
    void startsASchedule() {
        injector.start(List.of(Map.of("at", 5, "proxy", "auth", "enabled", false)), Duration.ofSeconds(9));

        assertThat(requests()).containsExactly("PUT /schedule");
        assertThat(bodies().get(0))
                .contains("\"keepalive\":9000", "\"at\":5", "\"proxy\":\"auth\"", "\"enabled\":false");
    }

    @Test
    void saysWhyAScheduleIsRefused() {
        SERVER.stubFor(put("/schedule")
                .willReturn(aResponse().withStatus(400).withBody("{\"error\": \"event 1: there is no proxy auth\"}")));

        assertThatThrownBy(() -> injector.start(List.of(Map.of("at", 5)), Duration.ofSeconds(9)))
                .isInstanceOf(WorldException.class)
                .hasMessageContaining("event 1: there is no proxy auth");
    }

    @Test
    void takesAConflictForTheSuccessOfAnEarlierAttempt() {
        SERVER.stubFor(put("/schedule").willReturn(aResponse().withStatus(409)));

        injector.start(List.of(Map.of("at", 5)), Duration.ofSeconds(9));

        assertThat(requests()).containsExactly("PUT /schedule");
    }

    @Test
    void knowsWhetherAScheduleRuns() {
        SERVER.stubFor(get("/schedule").willReturn(okJson("{\"state\": \"running\", \"events\": []}")));
        assertThat(injector.isScheduleRunning()).isTrue();

        SERVER.stubFor(get("/schedule").willReturn(okJson("{\"state\": \"done\", \"events\": []}")));
        assertThat(injector.isScheduleRunning()).isFalse();

        SERVER.stubFor(get("/schedule").willReturn(aResponse().withStatus(404)));
        assertThat(injector.isScheduleRunning()).isFalse();
    }

    @Test
    void healsByRemovingToxicsAndTurningTheProxyOn() {
        injector.heal("auth");

        assertThat(requests())
                .containsExactly(
                        "GET /proxies/auth/toxics",
                        "DELETE /proxies/auth/toxics/old",
                        "DELETE /proxies/auth/toxics/lab-1",
                        "POST /proxies/auth");
    }

    @Test
    void doesNotMindAToxicThatIsGoneAlready() {
        SERVER.stubFor(delete("/proxies/auth/toxics/old").willReturn(aResponse().withStatus(404)));

        injector.heal("auth");

        assertThat(requests()).hasSize(4);
    }

    @Test
    void triesThreeTimesAndThenSaysWhoDoesNotAnswer() {
        SERVER.stubFor(post("/reset").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThatThrownBy(injector::healAll)
                .isInstanceOf(WorldException.class)
                .hasMessageStartingWith("The fault injector does not answer: POST " + SERVER.baseUrl() + "/reset");
        assertThat(requests()).containsExactly("POST /reset", "POST /reset", "POST /reset");
    }

    @Test
    void doesNotRepeatWhatIsRefused() {
        SERVER.stubFor(
                post("/reset").willReturn(aResponse().withStatus(400).withBody("{\"error\": \"bad request body\"}")));

        assertThatThrownBy(injector::healAll).hasMessageContaining("status 400: bad request body");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void saysInWordsWhatIsBroken() {
        SERVER.stubFor(get("/proxies").willReturn(okJson("""
                {"auth": {"enabled": true, "toxics": []},
                 "popularity": {"enabled": false, "ttl": 12400, "toxics": []},
                 "recommendations": {"enabled": true, "toxics": [{"name": "slow"}, {"name": "lab-1", "ttl": 500}]}}
                """)));

        assertThat(injector.faults())
                .containsExactly(
                        entry("auth", ""),
                        entry("popularity", "disabled for another 12 s"),
                        entry("recommendations", "toxic slow, toxic lab-1 for another 1 s"));
    }

    @Test
    void saysWhenThereIsSomethingElseAtItsAddress() {
        SERVER.stubFor(get("/proxies").willReturn(aResponse().withBody("<html>")));

        assertThatThrownBy(injector::faults)
                .isInstanceOf(WorldException.class)
                .hasMessageContaining("GET %s/proxies answers no JSON object".formatted(SERVER.baseUrl()));
    }

    private static List<String> requests() {
        return new RequestLog(SERVER).requests();
    }

    private static List<String> bodies() {
        return new RequestLog(SERVER).bodies();
    }
}

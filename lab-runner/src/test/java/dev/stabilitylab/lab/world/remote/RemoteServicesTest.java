package dev.stabilitylab.lab.world.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.script.ScriptReader;
import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.PolicyClient;
import dev.stabilitylab.lab.world.control.UpstreamFaults;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RemoteServicesTest {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final String SWITCHES_AUTH =
            "{policies: {popularity/auth: " + "{connect-timeout: 1s, attempt-timeout: 1s, deadline: 1s}}}";

    @RegisterExtension
    private static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void aServiceThatLetsItselfBeSwitchedAndBroken() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        SERVER.stubFor(
                get("/actuator/upstreams").willReturn(okJson("{\"instance\": \"a\", \"upstreams\": {\"auth\": {}}}")));
        SERVER.stubFor(put("/actuator/upstreams/auth/policy")
                .withRequestBody(equalToJson("{}"))
                .willReturn(aResponse().withStatus(400)));
    }

    @Test
    void needsNoServiceThatTheScriptLeavesAsItIs() throws IOException {
        RemoteServices services = services(NOWHERE, NOWHERE, "fault: down", "{}");

        services.requireBreakable(faults(services));

        assertThat(services.callers()).isEmpty();
    }

    @Test
    void saysWhatNeedsAServiceThatIsOutOfReach() throws IOException {
        RemoteServices services = services(NOWHERE, NOWHERE, "fault: errors", "{}");

        assertThatThrownBy(() -> services.requireBreakable(faults(services)))
                .isInstanceOf(WorldException.class)
                .hasMessageStartingWith("recommendations does not answer: GET http://127.0.0.1:1001/actuator/faults")
                .hasMessageEndingWith(" The script needs recommendations, since the timeline breaks it from inside."
                        + " Say where it is (recommendations in the file of --system, or LAB_RECOMMENDATIONS), or run the lab"
                        + " where it can be reached: docker compose run --rm lab run …");
    }

    @Test
    void asksOnlyTheServiceThatIsBrokenFromInside() throws IOException {
        RemoteServices services = services(server(), NOWHERE, "fault: slow, latency: 1s", "{}");

        services.requireBreakable(faults(services));

        assertThat(requests()).containsExactlyInAnyOrder("GET /actuator/faults", "DELETE /actuator/faults/active");
    }

    @Test
    void saysWhatNeedsACallerThatIsOutOfReach() throws IOException {
        RemoteServices services = services(server(), NOWHERE, "fault: down", SWITCHES_AUTH);

        assertThatThrownBy(services::callers)
                .isInstanceOf(WorldException.class)
                .hasMessageStartingWith("popularity does not answer: GET http://127.0.0.1:1001/actuator/upstreams")
                .hasMessageContaining("The script needs popularity, since a variant has a policy of it."
                        + " Say where it is (popularity in the file of --system, or LAB_POPULARITY)");
    }

    @Test
    void saysWhichCallerKeepsItsPolicies() throws IOException {
        SERVER.stubFor(put("/actuator/upstreams/auth/policy")
                .willReturn(jsonResponse("{\"detail\": \"api-client.policy-switching is false\"}", 403)));
        RemoteServices services = services(NOWHERE, server(), "fault: down", SWITCHES_AUTH);

        assertThatThrownBy(services::callers)
                .isInstanceOf(WorldException.class)
                .hasMessageStartingWith("popularity refused PUT")
                .hasMessageContaining("with status 403: api-client.policy-switching is false");
    }

    @Test
    void givesACallerItsOwnPoliciesOnly() throws IOException {
        RemoteServices services = services(NOWHERE, server(), "fault: down", SWITCHES_AUTH);
        List<PolicyClient> callers = services.callers();
        SERVER.resetRequests();

        assertThat(callers).extracting(PolicyClient::caller).containsExactly("popularity");
        callers.get(0)
                .apply(
                        Map.of(
                                new PolicyTarget("popularity", "auth"),
                                new PolicySpec(Map.of("deadline", "1s")),
                                PolicyTarget.ofHomepage("auth"),
                                new PolicySpec(Map.of("deadline", "7s"))),
                        Duration.ofSeconds(9));

        assertThat(requests()).containsExactly("PUT /actuator/upstreams/auth/policy?ttl=9000ms");
        SERVER.verify(putRequestedFor(urlPathEqualTo("/actuator/upstreams/auth/policy"))
                .withRequestBody(equalToJson("{\"deadline\": \"1s\"}")));
    }

    @Test
    void findsThoseThatAnswer() throws IOException {
        RemoteServices services = services(server(), NOWHERE, "fault: down", "{}");

        assertThat(services.reachable(notes::add)).containsExactly(Instance.of("recommendations", server()));
        assertThat(requests()).containsExactly("GET /actuator/health/liveness");
        assertThat(notes).isEmpty();
    }

    @Test
    void notesThatTheFiguresOfAWatchedServiceWillBeMissing() throws IOException {
        RemoteServices services = services(NOWHERE, server(), "fault: down", "{}");

        assertThat(services.reachable(notes::add)).containsExactly(Instance.of("popularity", server()));
        assertThat(notes)
                .containsExactly(
                        "How much recommendations works is not known: it does not answer at http://127.0.0.1:1001.");
    }

    private RemoteServices services(URI recommendations, URI popularity, String fault, String variant)
            throws IOException {
        Path script = Files.writeString(folder.resolve("test.yml"), """
                title: A test
                load: {closed: {users: 1}}
                duration: 10s
                timeline:
                  - {at: 2s, %s, upstream: recommendations}
                variants: {only: %s}
                """.formatted(fault, variant));
        return new RemoteServices(
                Map.of("auth", NOWHERE, "recommendations", recommendations, "popularity", popularity),
                ScriptReader.read(script));
    }

    private static UpstreamFaults faults(RemoteServices services) {
        return UpstreamFaults.of(ControlCalls.hasty(), NOWHERE, services.all());
    }

    /** The address of the users, at which nobody is: the lab goes to the management port. */
    private static URI server() {
        return URI.create("http://127.0.0.1:" + (SERVER.getPort() - Service.MANAGEMENT));
    }

    private static List<String> requests() {
        return SERVER.getAllServeEvents().stream()
                .map(event -> event.getRequest().getMethod() + " "
                        + event.getRequest().getUrl())
                .toList();
    }
}

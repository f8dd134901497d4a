package dev.stabilitylab.lab.world.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.PolicyClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PolicyKeeperTest {

    private static final String ENDPOINT = "/actuator/upstreams";
    private static final Map<PolicyTarget, PolicySpec> POLICIES =
            Map.of(PolicyTarget.ofHomepage("auth"), new PolicySpec(Map.of("deadline", "1s")));
    private static final long END = Duration.ofSeconds(60).toNanos();

    @RegisterExtension
    private static final WireMockExtension HOMEPAGE =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final List<String> notes = new ArrayList<>();
    private long now;
    private PolicyKeeper keeper;

    @BeforeEach
    void aHomepageWithTheVariantsPolicies() {
        homepage("first", false, false);
        HOMEPAGE.stubFor(put(urlMatching(ENDPOINT + "/.*")).willReturn(okJson("{}")));
        URI url = URI.create(HOMEPAGE.baseUrl());
        PolicyClient client =
                PolicyClient.reading(ControlCalls.hasty(), "homepage", new Instance("homepage-1", url, url));
        keeper = new PolicyKeeper(List.of(client), notes::add, () -> now);
        keeper.keep(POLICIES, END);
        homepage("first", true, true);
    }

    @AfterEach
    void end() {
        keeper.close();
    }

    @Test
    void leavesAnInstanceAloneThatHasThem() {
        keeper.look();

        assertThat(switched()).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void givesThemToAnInstanceThatWasStartedAgainForTheTimeThatIsLeft() {
        homepage("second", false, false);
        now = Duration.ofSeconds(20).toNanos();

        keeper.look();

        assertThat(switched())
                .containsExactly(ENDPOINT + "/auth/policy?ttl=40000ms", ENDPOINT + "/popularity/policy?ttl=40000ms");
        assertThat(notes).singleElement().asString().startsWith("homepage-1 was started again during the run");
    }

    @Test
    void doesTheRestAtTheNextLookWhenItGotOnlyHalfThrough() {
        homepage("second", false, false);
        HOMEPAGE.stubFor(put(urlPathEqualTo(ENDPOINT + "/popularity/policy"))
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        keeper.look();
        homepage("second", true, false);
        HOMEPAGE.stubFor(put(urlPathEqualTo(ENDPOINT + "/popularity/policy")).willReturn(okJson("{}")));
        HOMEPAGE.resetRequests();

        keeper.look();

        assertThat(switched()).containsExactly(ENDPOINT + "/popularity/policy?ttl=60000ms");
    }

    @Test
    void doesNotSpeakOfAStartWhenSomebodyTookThemAway() {
        homepage("first", false, true);

        keeper.look();

        assertThat(notes).singleElement().asString().startsWith("homepage-1 was without the variant's policies");
    }

    @Test
    void doesNothingWhileItIsPausedOrWhenTheTimeIsOver() {
        homepage("second", false, false);
        keeper.pause();
        keeper.look();
        keeper.keep(POLICIES, END);
        now = END;
        keeper.look();

        assertThat(switched()).isEmpty();
    }

    @Test
    void waitsForAnInstanceThatIsGone() {
        HOMEPAGE.stubFor(get(ENDPOINT).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        keeper.look();
        homepage("second", false, false);

        keeper.look();

        assertThat(switched()).hasSize(2);
    }

    private static void homepage(String identity, boolean authHasAnEnd, boolean popularityHasAnEnd) {
        HOMEPAGE.stubFor(get(ENDPOINT)
                .willReturn(okJson("{\"instance\": \"%s\", \"upstreams\": {\"auth\": {%s}, \"popularity\": {%s}}}"
                        .formatted(identity, policy(authHasAnEnd), policy(popularityHasAnEnd)))));
    }

    private static String policy(boolean hasAnEnd) {
        return "\"policy\": {\"deadline\": \"3s\"}"
                + (hasAnEnd ? ", \"policy-expires-at\": \"2026-01-02T12:00:00Z\"" : "");
    }

    private static List<String> switched() {
        return HOMEPAGE.findAll(putRequestedFor(urlMatching(".*"))).stream()
                .map(request -> request.getUrl())
                .toList();
    }
}

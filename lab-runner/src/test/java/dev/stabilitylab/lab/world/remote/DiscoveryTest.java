package dev.stabilitylab.lab.world.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DiscoveryTest {

    private static final String PATH = "/actuator/upstreams";
    private static final String NOWHERE = "http://127.0.0.1:1";

    @RegisterExtension
    private static final WireMockExtension ONE =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    @RegisterExtension
    private static final WireMockExtension OTHER =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    @Test
    void namesTheInstancesInTheOrderOfTheirAddresses() {
        ONE.stubFor(get(PATH).willReturn(okJson(homepage("a"))));
        OTHER.stubFor(get(PATH).willReturn(okJson(homepage("b"))));

        assertThat(discover(OTHER.baseUrl() + "," + ONE.baseUrl()))
                .containsExactly(new Instance("homepage-1", at(OTHER)), new Instance("homepage-2", at(ONE)));
    }

    @Test
    void countsAnInstanceWithTwoAddressesOnce() {
        ONE.stubFor(get(PATH).willReturn(okJson(homepage("a"))));

        assertThat(discover(ONE.baseUrl() + ",http://127.0.0.1:" + ONE.getPort()))
                .hasSize(1);
    }

    @Test
    void leavesOutPortsOfARangeAtWhichNobodyAnswers() {
        ONE.stubFor(get(PATH).willReturn(okJson(homepage("a"))));
        int port = ONE.getPort();

        assertThat(discover("http://127.0.0.1:%d-%d".formatted(port - 1, port)))
                .containsExactly(new Instance("homepage-1", URI.create("http://127.0.0.1:" + port)));
    }

    @Test
    void refusesAnAddressThatLeadsToSeveralInstances() {
        ONE.stubFor(get(PATH)
                .inScenario("turns")
                .whenScenarioStateIs(STARTED)
                .willReturn(okJson(homepage("a")))
                .willSetStateTo("second"));
        ONE.stubFor(get(PATH).inScenario("turns").whenScenarioStateIs("second").willReturn(okJson(homepage("b"))));

        assertThatThrownBy(() -> discover(ONE.baseUrl()))
                .isInstanceOf(WorldException.class)
                .hasMessageStartingWith(at(ONE) + " leads to more than one instance");
    }

    @Test
    void refusesAServerThatIsNoHomepage() {
        ONE.stubFor(get(PATH).willReturn(okJson("{\"upstreams\": {\"auth\": {}}}")));
        OTHER.stubFor(get(PATH).willReturn(notFound()));

        assertThatThrownBy(() -> discover(ONE.baseUrl())).hasMessageContaining("is not a homepage of this system");
        assertThatThrownBy(() -> discover(OTHER.baseUrl())).hasMessageEndingWith("answers 404.");
    }

    @Test
    void saysWhoDoesNotAnswer() {
        ONE.stubFor(get(PATH).willReturn(okJson(homepage("a"))));

        assertThatThrownBy(() -> discover(ONE.baseUrl() + "," + NOWHERE))
                .hasMessageStartingWith("No homepage answers at " + NOWHERE);
    }

    @Test
    void saysHowToStartASystemWhenThereIsNone() {
        assertThatThrownBy(() -> discover("http://127.0.0.1:1-3"))
                .hasMessageContaining("Start a system first (docker compose up, or ./lab up)");
    }

    @Test
    void saysWhichHostDoesNotExist() {
        assertThatThrownBy(() -> discover("http://homepage.invalid:8001"))
                .hasMessage("There is no host homepage.invalid, which http://homepage.invalid:8001 names.");
    }

    private static List<Instance> discover(String homepages) {
        return Discovery.of(Addresses.read(null, Map.of("LAB_HOMEPAGES", homepages), 0));
    }

    private static URI at(WireMockExtension homepage) {
        return URI.create("http://127.0.0.1:" + homepage.getPort());
    }

    private static String homepage(String identity) {
        return "{\"instance\": \"%s\", \"upstreams\": {\"auth\": {}, \"recommendations\": {}, \"popularity\": {}}}"
                .formatted(identity);
    }
}

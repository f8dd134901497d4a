package dev.stabilitylab.lab.world.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stabilitylab.lab.world.Service;
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

        assertThat(discover(at(OTHER) + "," + at(ONE)))
                .containsExactly(Instance.of("homepage-1", at(OTHER)), Instance.of("homepage-2", at(ONE)));
    }

    @Test
    void countsAnInstanceWithTwoAddressesOnce() {
        ONE.stubFor(get(PATH).willReturn(okJson(homepage("a"))));

        assertThat(discover(at(ONE) + ",http://localhost:" + at(ONE).getPort())).hasSize(1);
    }

    @Test
    void leavesOutPortsOfARangeAtWhichNobodyAnswers() {
        ONE.stubFor(get(PATH).willReturn(okJson(homepage("a"))));
        int port = at(ONE).getPort();

        assertThat(discover("http://127.0.0.1:%d-%d".formatted(port - 1, port)))
                .containsExactly(Instance.of("homepage-1", at(ONE)));
    }

    @Test
    void refusesAnAddressThatLeadsToSeveralInstances() {
        ONE.stubFor(get(PATH)
                .inScenario("turns")
                .whenScenarioStateIs(STARTED)
                .willReturn(okJson(homepage("a")))
                .willSetStateTo("second"));
        ONE.stubFor(get(PATH).inScenario("turns").whenScenarioStateIs("second").willReturn(okJson(homepage("b"))));

        assertThatThrownBy(() -> discover(at(ONE).toString()))
                .isInstanceOf(WorldException.class)
                .hasMessageStartingWith(at(ONE) + " leads to more than one instance");
    }

    @Test
    void refusesAServerThatIsNoHomepage() {
        ONE.stubFor(get(PATH).willReturn(okJson("{\"upstreams\": {\"auth\": {}}}")));
        OTHER.stubFor(get(PATH).willReturn(notFound()));

        assertThatThrownBy(() -> discover(at(ONE).toString())).hasMessageContaining("is not a homepage of this system");
        assertThatThrownBy(() -> discover(at(OTHER).toString())).hasMessageEndingWith("answers 404.");
    }

    @Test
    void saysWhoDoesNotAnswer() {
        ONE.stubFor(get(PATH).willReturn(okJson(homepage("a"))));

        assertThatThrownBy(() -> discover(at(ONE) + "," + NOWHERE))
                .hasMessageStartingWith("No homepage answers at " + NOWHERE);
    }

    @Test
    void saysHowToStartASystemWhenThereIsNone() {
        assertThatThrownBy(() -> discover("http://127.0.0.1:1-3"))
                .hasMessageContaining("Start a system first (./lab up)")
                .hasMessageContaining("docker compose run --rm lab");
    }

    @Test
    void saysWhichHostDoesNotExist() {
        assertThatThrownBy(() -> discover("http://homepage.invalid:8001"))
                .hasMessage("There is no host homepage.invalid, which http://homepage.invalid:8001 names.");
    }

    @Test
    void findsPagesWithoutTheManagementPort() {
        ONE.stubFor(get("/home").willReturn(unauthorized()));

        assertThat(Discovery.ofPages(addresses("http://127.0.0.1:" + ONE.getPort() + "-" + (ONE.getPort() + 1))))
                .extracting(Instance::baseUrl)
                .containsExactly(URI.create("http://127.0.0.1:" + ONE.getPort()));
    }

    @Test
    void refusesAServerWithoutPages() {
        ONE.stubFor(get("/home").willReturn(notFound()));

        assertThatThrownBy(() -> Discovery.ofPages(addresses(ONE.baseUrl())))
                .isInstanceOf(WorldException.class)
                .hasMessageContaining("is not a homepage of this system: GET")
                .hasMessageEndingWith("/home answers 404.");
    }

    private static List<Instance> discover(String homepages) {
        return Discovery.of(addresses(homepages));
    }

    private static Addresses addresses(String homepages) {
        return Addresses.read(null, Map.of("LAB_HOMEPAGES", homepages), 0);
    }

    /** The address of the users of a homepage whose management this is. */
    private static URI at(WireMockExtension management) {
        return URI.create("http://127.0.0.1:" + (management.getPort() - Service.MANAGEMENT));
    }

    private static String homepage(String identity) {
        return "{\"instance\": \"%s\", \"upstreams\": {\"auth\": {}, \"recommendations\": {}, \"popularity\": {}}}"
                .formatted(identity);
    }
}

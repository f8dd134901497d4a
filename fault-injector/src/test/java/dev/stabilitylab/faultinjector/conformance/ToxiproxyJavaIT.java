package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.LimitData;
import eu.rekawek.toxiproxy.model.toxic.ResetPeer;
import eu.rekawek.toxiproxy.model.toxic.Slicer;
import eu.rekawek.toxiproxy.model.toxic.SlowClose;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that toxiproxy-java offers, unmodified. */
class ToxiproxyJavaIT extends Conformance {

    private Server server;
    private ToxiproxyClient client;
    private Proxy proxy;

    @BeforeEach
    void createProxy() throws IOException {
        server = new Server();
        client = new ToxiproxyClient("127.0.0.1", api().port());
        proxy = client.createProxy("one", "127.0.0.1:0", server.address());
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @Test
    void createsFindsAndDeletesProxies() throws IOException {
        client.createProxy("two", "localhost:0", NOWHERE);

        assertThat(client.getProxies()).extracting(Proxy::getName).containsExactlyInAnyOrder("one", "two");
        assertThat(proxy.getListen()).startsWith("127.0.0.1:").doesNotEndWith(":0");
        assertThat(client.getProxy("one").getUpstream()).isEqualTo(server.address());
        assertThat(client.getProxyOrNull("three")).isNull();
        proxy.delete();
        assertThat(client.getProxyOrNull("one")).isNull();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> client.getProxy("one"))
                .withMessageContaining("proxy not found");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> client.createProxy("two", "127.0.0.1:0", NOWHERE))
                .withMessageContaining("proxy already exists");
    }

    @Test
    void changesProxies() throws IOException {
        proxy.setUpstream(NOWHERE);
        assertThat(client.getProxy("one").getUpstream()).isEqualTo(NOWHERE);

        int port = freePort();
        proxy.setListen("127.0.0.1:" + port);
        assertThat(client.getProxy("one").getListen()).isEqualTo("127.0.0.1:" + port);

        proxy.disable();
        assertThat(client.getProxy("one").isEnabled()).isFalse();
        assertThat(Link.accepts(port)).isFalse();

        proxy.enable();
        assertThat(client.getProxy("one").isEnabled()).isTrue();
        assertThat(Link.accepts(port)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void createsAndChangesEveryToxic(ToxicDirection direction) throws IOException {
        Latency latency = proxy.toxics()
                .latency("latency", direction, 100)
                .setLatency(200)
                .setJitter(15);
        Bandwidth bandwidth =
                proxy.toxics().bandwidth("bandwidth", direction, 1000).setRate(2000);
        SlowClose slowClose = proxy.toxics().slowClose("slow", direction, 10).setDelay(20);
        Timeout timeout = proxy.toxics().timeout("timeout", direction, 30).setTimeout(40);
        Slicer slicer = proxy.toxics()
                .slicer("slicer", direction, 50, 60)
                .setAverageSize(70)
                .setSizeVariation(5)
                .setDelay(80);
        LimitData limit = proxy.toxics().limitData("limit", direction, 90).setBytes(95);
        ResetPeer reset = proxy.toxics().resetPeer("reset", direction, 1).setTimeout(2);

        assertThat(proxy.toxics().getAll())
                .extracting(Toxic::getName)
                .containsExactly("latency", "bandwidth", "slow", "timeout", "slicer", "limit", "reset");
        assertThat(proxy.toxics().getAll()).extracting(Toxic::getStream).containsOnly(direction);
        assertThat(latency.getLatency()).isEqualTo(200);
        assertThat(proxy.toxics().get("latency", Latency.class).getJitter()).isEqualTo(15);
        assertThat(proxy.toxics().get("bandwidth", Bandwidth.class).getRate())
                .isEqualTo(bandwidth.getRate())
                .isEqualTo(2000);
        assertThat(proxy.toxics().get("slow", SlowClose.class).getDelay())
                .isEqualTo(slowClose.getDelay())
                .isEqualTo(20);
        assertThat(proxy.toxics().get("timeout", Timeout.class).getTimeout())
                .isEqualTo(timeout.getTimeout())
                .isEqualTo(40);
        assertThat(proxy.toxics().get("slicer", Slicer.class).getAverageSize())
                .isEqualTo(slicer.getAverageSize())
                .isEqualTo(70);
        assertThat(slicer.getSizeVariation()).isEqualTo(5);
        assertThat(slicer.getDelay()).isEqualTo(80);
        assertThat(proxy.toxics().get("limit", LimitData.class).getBytes())
                .isEqualTo(limit.getBytes())
                .isEqualTo(95);
        assertThat(proxy.toxics().get("reset", ResetPeer.class).getTimeout())
                .isEqualTo(reset.getTimeout())
                .isEqualTo(2);
    }

    @Test
    void changesTheToxicityAndRemovesToxics() throws IOException {
        Latency latency = proxy.toxics().latency("mine", ToxicDirection.UPSTREAM, 60_000);
        assertThat(latency.getToxicity()).isEqualTo(1);
        latency.setToxicity(0.25f);
        assertThat(proxy.toxics().get("mine").getToxicity()).isEqualTo(0.25f);
        latency.setToxicity(1);

        try (Link link = Link.through(port(proxy("one")), server)) {
            link.send(Way.UPSTREAM, new byte[10]);
            link.assertSilent(Way.UPSTREAM);
            latency.remove();
            assertThat(link.receive(Way.UPSTREAM, 10)).hasSize(10);
        }
        assertThat(proxy.toxics().getAll()).isEmpty();
    }

    @Test
    void resetsAndTellsTheVersion() throws IOException {
        proxy.toxics().timeout("mine", ToxicDirection.DOWNSTREAM, 0);
        proxy.disable();

        client.reset();

        assertThat(proxy.toxics().getAll()).isEmpty();
        assertThat(client.getProxy("one").isEnabled()).isTrue();
        assertThat(Api.parse(client.version()).get("version").asText()).isNotEmpty();
    }
}

package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Toxics that come, change and go while connections are open, and toxics that hit only some connections. */
class ChangesConformanceIT extends Conformance {

    private static final byte[] TEN = "0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int CONNECTIONS = 100;
    /** Six standard deviations: it fails once in 500 million runs. */
    private static final int SIX_SIGMA = 30;

    private Server server;
    private int port;

    @BeforeEach
    void addOneProxy() throws IOException {
        server = new Server();
        port = addProxy("one", server.address());
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void latencyThatIsTakenOffLetsGoOfWhatItHolds(Way way) throws IOException {
        add(way, "latency", "\"latency\":60000", 1);
        try (Link link = Link.through(port, server)) {
            link.send(way, TEN);
            link.assertSilent(way);

            api().delete("/proxies/one/toxics/mine").require(204);

            assertThat(link.receive(way, 10)).isEqualTo(TEN);
            link.assertCarries();
        }
    }

    @ParameterizedTest
    @EnumSource
    void latencyThatIsChangedLetsGoOfWhatItHolds(Way way) throws IOException {
        add(way, "latency", "\"latency\":60000", 1);
        try (Link link = Link.through(port, server)) {
            link.send(way, TEN);
            link.assertSilent(way);

            api().patch("/proxies/one/toxics/mine", "{\"attributes\":{\"latency\":1}}")
                    .require(200);

            assertThat(link.receive(way, 10)).isEqualTo(TEN);
            link.assertCarries();
        }
    }

    @ParameterizedTest
    @EnumSource
    void toxicsActOnOpenConnections(Way way) throws IOException {
        try (Link link = Link.through(port, server)) {
            link.assertCarries();

            add(way, "limit_data", "\"bytes\":3", 1);

            link.send(way, TEN);
            assertThat(link.receive(way, 10)).isEqualTo(new byte[] {'0', '1', '2'});
        }
    }

    @ParameterizedTest
    @EnumSource
    void aToxicityOfNothingHitsNoConnectionUntilItIsChanged(Way way) throws IOException {
        add(way, "limit_data", "\"bytes\":3", 0);
        try (Link link = Link.through(port, server)) {
            link.assertCarries();

            api().patch("/proxies/one/toxics/mine", "{\"toxicity\":1}").require(200);

            link.send(way, TEN);
            assertThat(link.receive(way, 10)).hasSizeLessThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void toxicityIsTheShareOfConnectionsThatAreHit(Way way) throws IOException {
        add(way, "limit_data", "\"bytes\":3", 0.5);
        int hit = 0;
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Link link = Link.through(port, server)) {
                link.send(way, TEN);
                link.sender(way).shutdownOutput();
                hit += link.receive(way, 10).length == 3 ? 1 : 0;
            }
        }

        assertThat(hit).isBetween(CONNECTIONS / 2 - SIX_SIGMA, CONNECTIONS / 2 + SIX_SIGMA);
    }

    @Test
    void aBlackHoleBehindALatencyDoesNotHoldUpChanges() throws IOException {
        add(Way.UPSTREAM, "latency", "\"latency\":10", 1);
        addToxic("one", toxic("hole", Way.UPSTREAM, "timeout", "\"timeout\":0"));
        try (Link link = Link.through(port, server)) {
            for (int i = 0; i < 5; i++) {
                link.send(Way.UPSTREAM, TEN);
            }
            link.assertSilent(Way.UPSTREAM);

            api().delete("/proxies/one/toxics/mine").require(204);
        }
    }

    @Test
    void carriesEveryMessageWhileToxicsComeAndGo() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> changes = CompletableFuture.runAsync(
                () -> {
                    while (!over.get()) {
                        for (Way way : Way.values()) {
                            addToxic("one", toxic("noop" + way, way, "noop", ""));
                            addToxic("one", toxic("slow" + way, way, "latency", "\"latency\":1"));
                        }
                        for (Way way : Way.values()) {
                            api().delete("/proxies/one/toxics/noop" + way).require(204);
                            api().delete("/proxies/one/toxics/slow" + way).require(204);
                        }
                    }
                },
                task -> new Thread(task).start());
        try (Link link = Link.through(port, server)) {
            for (int i = 0; i < 100; i++) {
                link.assertCarries();
            }
        } finally {
            over.set(true);
            changes.get();
        }
    }

    private void add(Way way, String type, String attributes, double toxicity) {
        String toxic = toxic("mine", way, type, attributes);
        addToxic("one", toxic.replace("\"name\"", "\"toxicity\":%s,\"name\"".formatted(toxicity)));
    }
}

package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections through a proxy without a toxic, and what changes of the proxy do to them. */
class WireConformanceIT extends Conformance {

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

    @Test
    void carriesBytesBothWays() throws IOException {
        try (Link link = Link.through(port, server)) {
            link.assertCarries();
            link.assertCarries();
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesMuchAndThenTheEnd(Way way) throws IOException {
        byte[] much = new byte[64 * 1024];
        new Random(1).nextBytes(much);

        try (Link link = Link.through(port, server)) {
            link.send(way, much);
            assertThat(link.receive(way, much.length)).isEqualTo(much);

            link.sender(way).close();
            assertThat(Link.isOver(link.receiver(way))).isTrue();
        }
    }

    @Test
    void hangsUpWhenTheUpstreamIsDown() throws IOException {
        server.close();

        try (Socket client = Link.connect(port)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void cutsConnectionsWhenDisabled() throws IOException {
        try (Link link = Link.through(port, server)) {
            link.assertCarries();

            api().patch("/proxies/one", "{\"enabled\":false}").require(200);

            link.assertCut();
        }
    }

    @Test
    void cutsConnectionsWhenRemoved() throws IOException {
        try (Link link = Link.through(port, server)) {
            link.assertCarries();

            api().delete("/proxies/one").require(204);

            link.assertCut();
        }
    }

    @Test
    void cutsConnectionsWhenTheUpstreamChangesAndUsesTheNewOne() throws IOException {
        try (Server other = new Server();
                Link link = Link.through(port, server)) {
            api().patch("/proxies/one", "{\"upstream\":\"%s\"}".formatted(other.address()))
                    .require(200);

            link.assertCut();
            try (Link next = Link.through(port, other)) {
                next.assertCarries();
            }
        }
    }

    @Test
    void leavesConnectionsAloneWhenTheSameAddressIsWrittenAsAName() throws IOException {
        try (Link link = Link.through(port, server)) {
            api().patch("/proxies/one", "{\"listen\":\"localhost:%d\"}".formatted(port))
                    .require(200);

            link.assertCarries();
        }
    }

    @Test
    void leavesConnectionsAloneWhenReset() throws IOException {
        addToxic("one", "{\"type\":\"noop\",\"stream\":\"upstream\"}");
        addToxic("one", "{\"type\":\"latency\"}");
        try (Link link = Link.through(port, server)) {
            link.assertCarries();

            api().post("/reset", "").require(204);

            link.assertCarries();
        }
    }

    @Test
    void keepsToxicsWhileDisabled() throws IOException {
        addToxic("one", "{\"type\":\"limit_data\",\"attributes\":{\"bytes\":3}}");

        api().patch("/proxies/one", "{\"enabled\":false}").require(200);
        api().patch("/proxies/one", "{\"enabled\":true}").require(200);

        try (Link link = Link.through(port, server)) {
            link.send(Way.DOWNSTREAM, new byte[10]);
            assertThat(link.receive(Way.DOWNSTREAM, 10)).hasSize(3);
        }
    }
}

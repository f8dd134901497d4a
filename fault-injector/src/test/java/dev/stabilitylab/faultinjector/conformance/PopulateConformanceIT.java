package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Adding many proxies at once, and bringing those that are there in line. */
class PopulateConformanceIT extends Conformance {

    private int onePort;
    private int twoPort;

    @BeforeEach
    void findPorts() throws IOException {
        onePort = freePort();
        twoPort = freePort();
    }

    @Test
    void addsProxiesInTheirOrder() {
        JsonNode proxies =
                populate(one("2", ""), two("2", "")).require(201).json().get("proxies");

        assertThat(proxies).hasSize(2);
        assertThat(proxies.get(0)).isEqualTo(proxy("one"));
        assertThat(proxies.get(1)).isEqualTo(proxy("two"));
        assertFields(proxies.get(0), Map.of("listen", "127.0.0.1:" + onePort, "enabled", true));
        assertThat(Link.accepts(onePort)).isTrue();
        assertThat(Link.accepts(twoPort)).isTrue();
    }

    @Test
    void addsDisabledProxies() {
        populate(one("2", ",\"enabled\":false"), two("2", ",\"enabled\":true")).require(201);

        assertThat(Link.accepts(onePort)).isFalse();
        assertThat(Link.accepts(twoPort)).isTrue();
    }

    @Test
    void leavesAProxyWithTheSameAddressesAsItIs() throws IOException {
        try (Server server = new Server()) {
            String upstream = String.valueOf(server.port());
            populate(one(upstream, "")).require(201);
            addToxic("one", "{\"type\":\"latency\"}");
            JsonNode before = proxy("one");
            try (Link link = Link.through(onePort, server)) {
                Api.Reply reply = populate(
                        one(upstream, ",\"enabled\":false").replace("127.0.0.1:" + onePort, "localhost:" + onePort));

                assertThat(reply.require(201).json().get("proxies").get(0)).isEqualTo(before);
                assertThat(proxy("one")).isEqualTo(before);
                link.assertCarries();
            }
        }
    }

    @Test
    void leavesADisabledProxyDisabled() {
        populate(one("2", ",\"enabled\":false")).require(201);
        JsonNode before = proxy("one");

        assertFields(before, Map.of("enabled", false));
        populate(one("2", ",\"enabled\":true")).require(201);

        assertThat(proxy("one")).isEqualTo(before);
    }

    @Test
    void replacesAProxyWithOtherAddressesAndItsToxics() throws IOException {
        try (Server server = new Server()) {
            populate(one(String.valueOf(server.port()), "")).require(201);
            addToxic("one", "{\"type\":\"latency\"}");
            try (Link link = Link.through(onePort, server)) {
                JsonNode replaced = populate(one("3", ""))
                        .require(201)
                        .json()
                        .get("proxies")
                        .get(0);

                assertThat(replaced.get("upstream").asText()).isEqualTo("127.0.0.1:3");
                assertThat(replaced.get("toxics")).isEmpty();
                assertThat(proxy("one")).isEqualTo(replaced);
                link.assertCut();
            }
        }
    }

    @Test
    void keepsTheOnesBeforeTheOneThatFails() {
        int taken = addProxy("taken", NOWHERE);
        String bad = "{\"name\":\"bad\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"%s\"}".formatted(taken, NOWHERE);

        Api.Reply reply = populate(one("2", ""), bad, two("2", ""));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.json().get("status").asInt()).isEqualTo(500);
        assertThat(reply.error()).contains("127.0.0.1:" + taken, "in use");
        assertThat(reply.json().get("proxies")).hasSize(1);
        assertThat(reply.json().get("proxies").get(0)).isEqualTo(proxy("one"));
        assertThat(names()).containsExactlyInAnyOrder("taken", "one");
    }

    @Test
    void takesTheLastOfANameThatIsThereTwice() {
        populate(one("2", ""), one("3", "")).require(201);

        assertThat(names()).containsExactly("one");
        assertThat(proxy("one").get("upstream").asText()).isEqualTo("127.0.0.1:3");
        assertThat(Link.accepts(onePort)).isTrue();
    }

    @Test
    void leavesProxiesAloneThatAreNotInTheList() {
        addProxy("other", NOWHERE);

        populate(one("2", "")).require(201);

        assertThat(names()).containsExactlyInAnyOrder("other", "one");
    }

    private Api.Reply populate(String... proxies) {
        return api().post("/populate", "[" + String.join(",", proxies) + "]");
    }

    private String one(String upstreamPort, String more) {
        return entry("one", onePort, upstreamPort, more);
    }

    private String two(String upstreamPort, String more) {
        return entry("two", twoPort, upstreamPort, more);
    }

    private static String entry(String name, int port, String upstreamPort, String more) {
        return "{\"name\":\"%s\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"127.0.0.1:%s\"%s}"
                .formatted(name, port, upstreamPort, more);
    }
}

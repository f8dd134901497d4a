package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adding, showing, listing, changing and removing proxies. */
class ProxiesConformanceIT extends Conformance {

    private static final Map<String, Object> ONE =
            Map.of("name", "one", "upstream", NOWHERE, "enabled", true, "toxics", "");

    @Test
    void addsAProxyThatIsEnabled() {
        JsonNode added =
                api().post("/proxies", body("one", "127.0.0.1:0")).require(201).json();

        assertFields(added, ONE);
        assertThat(added.get("toxics")).isEmpty();
        assertThat(added.get("listen").asText()).matches("127\\.0\\.0\\.1:[1-9][0-9]*");
        assertThat(Link.accepts(port(added))).isTrue();
        assertThat(proxy("one")).isEqualTo(added);
    }

    @Test
    void answersInJson() {
        assertThat(api().get("/proxies").headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void showsWhereANameListens() throws IOException {
        int port = freePort();

        JsonNode added = api().post("/proxies", body("one", "localhost:" + port))
                .require(201)
                .json();

        assertThat(added.get("listen").asText()).isEqualTo("127.0.0.1:" + port);
    }

    @Test
    void listensAtAnyFreePortWithoutAnAddress() {
        String body = "{\"name\":\"one\",\"upstream\":\"%s\"}".formatted(NOWHERE);

        JsonNode added = api().post("/proxies", body).require(201).json();

        assertThat(Link.accepts(port(added))).isTrue();
    }

    @Test
    void addsADisabledProxyAsItIsGiven() throws IOException {
        int port = freePort();
        String body = "{\"name\":\"one\",\"listen\":\"localhost:%d\",\"upstream\":\"%s\",\"enabled\":false}"
                .formatted(port, NOWHERE);

        JsonNode added = api().post("/proxies", body).require(201).json();

        assertFields(added, Map.of("listen", "localhost:" + port, "enabled", false));
        assertThat(Link.accepts(port)).isFalse();

        JsonNode enabled =
                api().patch("/proxies/one", "{\"enabled\":true}").require(200).json();
        assertFields(enabled, Map.of("listen", "127.0.0.1:" + port, "enabled", true));
        assertThat(Link.accepts(port)).isTrue();
    }

    @Test
    void listsProxiesByName() {
        assertThat(api().get("/proxies").require(200).text()).isEqualTo("{}");

        addProxy("one", NOWHERE);
        addProxy("two", NOWHERE);

        JsonNode list = api().get("/proxies").require(200).json();
        assertThat(list).hasSize(2);
        assertThat(list.get("one")).isEqualTo(proxy("one"));
        assertThat(list.get("two")).isEqualTo(proxy("two"));
    }

    @Test
    void removesAProxy() {
        int port = addProxy("one", NOWHERE);

        Api.Reply removed = api().delete("/proxies/one");

        assertThat(removed.status()).isEqualTo(204);
        assertThat(removed.text()).isEmpty();
        assertThat(Link.accepts(port)).isFalse();
        assertThat(api().get("/proxies/one").status()).isEqualTo(404);
        assertThat(names()).isEmpty();
    }

    @Test
    void refusesAnAddressThatIsTaken() {
        int port = addProxy("one", NOWHERE);

        Api.Reply refused = api().post("/proxies", body("two", "127.0.0.1:" + port));

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.error()).contains("127.0.0.1:" + port, "in use");
        assertThat(names()).containsExactly("one");
        api().delete("/proxies/one");
        api().post("/proxies", body("two", "127.0.0.1:" + port)).require(201);
    }

    @Test
    void letsADisabledProxyHaveAnAddressThatIsTaken() {
        int port = addProxy("one", NOWHERE);
        String disabled = body("two", "127.0.0.1:" + port).replace("}", ",\"enabled\":false}");

        api().post("/proxies", disabled).require(201);

        assertThat(api().patch("/proxies/two", "{\"enabled\":true}").status()).isEqualTo(500);
        api().delete("/proxies/one").require(204);
        api().patch("/proxies/two", "{\"enabled\":true}").require(200);
        assertThat(Link.accepts(port)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "POST"})
    void disablesAndEnablesAtTheSameAddress(String method) {
        int port = addProxy("one", NOWHERE);

        JsonNode disabled = api().send(method, "/proxies/one", "{\"enabled\":false}")
                .require(200)
                .json();
        assertThat(disabled.get("enabled").asBoolean()).isFalse();
        assertThat(port(disabled)).isEqualTo(port);
        assertThat(Link.accepts(port)).isFalse();
        assertThat(api().send(method, "/proxies/one", "{\"enabled\":false}").status())
                .isEqualTo(200);

        JsonNode enabled = api().send(method, "/proxies/one", "{\"enabled\":true}")
                .require(200)
                .json();
        assertFields(enabled, ONE);
        assertThat(port(enabled)).isEqualTo(port);
        assertThat(Link.accepts(port)).isTrue();
    }

    @Test
    void movesToAnotherPort() {
        int before = addProxy("one", NOWHERE);

        JsonNode moved = api().patch("/proxies/one", "{\"listen\":\"localhost:0\"}")
                .require(200)
                .json();

        assertThat(moved.get("listen").asText()).startsWith("127.0.0.1:").doesNotEndWith(":" + before);
        assertThat(Link.accepts(before)).isFalse();
        assertThat(Link.accepts(port(moved))).isTrue();
    }

    @Test
    void keepsWhatAChangeDoesNotName() {
        int port = addProxy("one", NOWHERE);
        addToxic("one", "{\"type\":\"latency\"}");

        JsonNode changed = api().patch("/proxies/one", "{\"upstream\":\"127.0.0.1:2\"}")
                .require(200)
                .json();

        assertFields(changed, Map.of("name", "one", "upstream", "127.0.0.1:2", "enabled", true));
        assertThat(port(changed)).isEqualTo(port);
        assertThat(changed.get("toxics")).hasSize(1);
        assertThat(api().patch("/proxies/one", "{}").require(200).json()).isEqualTo(changed);
    }

    @Test
    void takesBackWhatItShowed() {
        addProxy("one", NOWHERE);
        addToxic("one", "{\"type\":\"latency\",\"attributes\":{\"latency\":5}}");
        Api.Reply shown = api().get("/proxies/one");

        assertThat(api().post("/proxies/one", shown.text()).require(200).json()).isEqualTo(shown.json());
    }

    @Test
    void leavesTheNameAndFieldsThatItDoesNotKnowAlone() {
        addProxy("one", NOWHERE);
        String added = "{\"name\":\"two\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"%s\",\"colour\":\"red\"}";

        JsonNode changed = api().patch("/proxies/one", "{\"name\":\"three\",\"colour\":\"red\"}")
                .require(200)
                .json();
        api().post("/proxies", added.formatted(NOWHERE)).require(201);

        assertThat(changed.get("name").asText()).isEqualTo("one");
        assertThat(names()).containsExactlyInAnyOrder("one", "two");
    }

    private static String body(String name, String listen) {
        return "{\"name\":\"%s\",\"listen\":\"%s\",\"upstream\":\"%s\"}".formatted(name, listen, NOWHERE);
    }
}

package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are refused: the status, and the sentence, that clients look at. */
class RefusalsConformanceIT extends Conformance {

    @BeforeEach
    void addOneProxyWithOneToxic() {
        addProxy("one", NOWHERE);
        addToxic("one", "{\"name\":\"slow\",\"type\":\"latency\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /proxies/nope             |                                              | 404 | proxy not found
            DELETE | /proxies/nope             |                                              | 404 | proxy not found
            POST   | /proxies/nope             | {}                                           | 404 | proxy not found
            PATCH  | /proxies/nope             | {}                                           | 404 | proxy not found
            GET    | /proxies/nope/toxics      |                                              | 404 | proxy not found
            POST   | /proxies/nope/toxics      | {"type":"latency"}                           | 404 | proxy not found
            GET    | /proxies/nope/toxics/slow |                                              | 404 | proxy not found
            PATCH  | /proxies/nope/toxics/slow | {}                                           | 404 | proxy not found
            DELETE | /proxies/nope/toxics/slow |                                              | 404 | proxy not found
            GET    | /proxies/one/toxics/nope  |                                              | 404 | toxic not found
            POST   | /proxies/one/toxics/nope  | {}                                           | 404 | toxic not found
            PATCH  | /proxies/one/toxics/nope  | {}                                           | 404 | toxic not found
            DELETE | /proxies/one/toxics/nope  |                                              | 404 | toxic not found
            POST   | /proxies                  | {}                                           | 400 | missing required field: name
            POST   | /proxies                  | {"name":"","upstream":"a:1"}                 | 400 | missing required field: name
            POST   | /proxies                  | {"name":"two"}                               | 400 | missing required field: upstream
            POST   | /proxies                  | {"name":"two","upstream":""}                 | 400 | missing required field: upstream
            POST   | /proxies                  | {"name":"one","upstream":"127.0.0.1:1"}      | 409 | proxy already exists
            POST   | /proxies/one/toxics       | {}                                           | 400 | invalid toxic type
            POST   | /proxies/one/toxics       | {"type":""}                                  | 400 | invalid toxic type
            POST   | /proxies/one/toxics       | {"type":"nope"}                              | 400 | invalid toxic type
            POST   | /proxies/one/toxics       | {"name":"slow","type":"nope"}                | 400 | invalid toxic type
            POST   | /proxies/one/toxics       | {"name":"slow","type":"latency"}             | 409 | toxic already exists
            POST   | /proxies/one/toxics       | {"name":"slow","type":"timeout"}             | 409 | toxic already exists
            POST   | /proxies/one/toxics       | {"name":"slow","type":"latency","stream":"upstream"} | 409 | toxic already exists
            POST   | /proxies/one/toxics       | {"type":"latency","stream":"sideways"}       | 400 | stream was invalid, can be either upstream or downstream
            POST   | /proxies/one/toxics       | {"type":"latency","stream":""}               | 400 | stream was invalid, can be either upstream or downstream
            POST   | /proxies/one/toxics       | {"type":"nope","stream":"sideways"}          | 400 | stream was invalid, can be either upstream or downstream
            POST   | /populate                 | [{}]                                         | 400 | missing required field: name at proxy 1
            POST   | /populate                 | [{"name":"two"}]                             | 400 | missing required field: upstream at proxy 1
            POST   | /populate                 | [{"name":"two","upstream":"a:1"},{"name":""}] | 400 | missing required field: name at proxy 2
            """)
    void refusesWithTheSameStatusAndSentence(String method, String path, String body, int status, String error) {
        JsonNode before = api().get("/proxies").json();

        Api.Reply reply = api().send(method, path, body == null ? "" : body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("error").asText()).isEqualTo(error);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(api().get("/proxies").json()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST  | /proxies                 |
            POST  | /proxies                 | {
            POST  | /proxies                 | []
            POST  | /proxies                 | "text"
            POST  | /proxies                 | {"name":1,"upstream":"127.0.0.1:1"}
            POST  | /proxies                 | {"name":"two","upstream":"127.0.0.1:1","enabled":"yes"}
            PATCH | /proxies/one             |
            PATCH | /proxies/one             | {
            PATCH | /proxies/one             | []
            PATCH | /proxies/one             | {"enabled":1}
            POST  | /populate                |
            POST  | /populate                | {}
            POST  | /populate                | [1]
            POST  | /populate                | [{"name":"two","upstream":"127.0.0.1:1"}
            POST  | /proxies/one/toxics      |
            POST  | /proxies/one/toxics      | {
            POST  | /proxies/one/toxics      | []
            POST  | /proxies/one/toxics      | {"type":"latency","toxicity":"often"}
            POST  | /proxies/one/toxics      | {"type":"latency","attributes":[]}
            POST  | /proxies/one/toxics      | {"type":"latency","attributes":{"latency":"long"}}
            POST  | /proxies/one/toxics      | {"type":"latency","attributes":{"latency":1.5}}
            PATCH | /proxies/one/toxics/slow |
            PATCH | /proxies/one/toxics/slow | {
            PATCH | /proxies/one/toxics/slow | {"toxicity":"often"}
            PATCH | /proxies/one/toxics/slow | {"attributes":{"latency":"long"}}
            """)
    void refusesBodiesThatCannotBeRead(String method, String path, String body) {
        JsonNode before = api().get("/proxies").json();

        Api.Reply reply = api().send(method, path, body == null ? "" : body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith("bad request body: ");
        assertThat(reply.json().path("status").asInt()).isEqualTo(400);
        assertThat(api().get("/proxies").json()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nope,404",
        "GET,/proxies/one/nope,404",
        "PUT,/proxies,405",
        "DELETE,/proxies,405",
        "GET,/reset,405",
        "GET,/populate,405",
        "POST,/version,405",
        "PUT,/proxies/one,405",
        "PUT,/proxies/one/toxics/slow,405",
        "DELETE,/proxies/one/toxics,405"
    })
    void tellsWrongPathsFromWrongMethods(String method, String path, int status) {
        assertThat(api().send(method, path, "").status()).isEqualTo(status);
    }

    /** No name server needs to be asked about a name like this one. */
    private static final String NOBODY = "a".repeat(64) + ".test:0";

    @Test
    void refusesToListenAtANameThatNobodyHas() {
        String proxy = "{\"name\":\"%s\",\"listen\":\"%s\",\"upstream\":\"127.0.0.1:1\"%s}";

        Api.Reply added = api().post("/proxies", proxy.formatted("two", NOBODY, ""));
        Api.Reply changed = api().patch("/proxies/one", "{\"listen\":\"%s\"}".formatted(NOBODY));
        Api.Reply populated = api().post("/populate", "[" + proxy.formatted("one", NOBODY, "") + "]");
        api().post("/proxies", proxy.formatted("three", NOBODY, ",\"enabled\":false"))
                .require(201);
        Api.Reply enabled = api().patch("/proxies/three", "{\"enabled\":true}");
        Api.Reply disabled = api().patch("/proxies/three", "{\"enabled\":false}");

        assertThat(added.error()).startsWith("listen tcp: lookup aaa").endsWith(": no such host");
        assertThat(List.of(changed, populated, enabled, disabled))
                .allSatisfy(reply ->
                        assertThat(reply.error()).startsWith("lookup aaa").endsWith(": no such host"))
                .allSatisfy(reply -> assertThat(reply.status()).isEqualTo(500));
        assertThat(added.status()).isEqualTo(500);
        assertThat(names()).containsExactlyInAnyOrder("one", "three");
    }

    @Test
    void turnsBrowsersAway() {
        Api.Reply reply = api().send("GET", "/proxies", "", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).contains("User agent not allowed");
        assertThat(api().send("GET", "/proxies", "", "Wget/2.1").status()).isEqualTo(200);
    }

    @Test
    void numbersEveryAnswer() {
        assertThat(api().get("/version").headers().firstValue("X-Toxiproxy-Request-Id"))
                .get()
                .isNotEqualTo(api().get("/version")
                        .headers()
                        .firstValue("X-Toxiproxy-Request-Id")
                        .orElse(""));
    }

    @Test
    void tellsItsVersionAsJson() {
        Api.Reply reply = api().get("/version").require(200);

        assertThat(reply.json()).hasSize(1);
        assertThat(reply.json().path("version").asText()).isNotEmpty();
        assertThat(reply.headers().firstValue("Content-Type")).get().asString().startsWith("application/json");
    }
}

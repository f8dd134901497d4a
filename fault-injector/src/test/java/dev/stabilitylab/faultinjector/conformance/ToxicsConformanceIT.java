package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adding, showing, listing, changing and removing toxics; what they do to bytes is not looked at. */
class ToxicsConformanceIT extends Conformance {

    private static final String TOXICS = "/proxies/one/toxics";

    @BeforeEach
    void addOneProxy() {
        addProxy("one", NOWHERE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            latency    | {"latency":0,"jitter":0}
            bandwidth  | {"rate":0}
            slow_close | {"delay":0}
            timeout    | {"timeout":0}
            reset_peer | {"timeout":0}
            slicer     | {"average_size":0,"size_variation":0,"delay":0}
            limit_data | {"bytes":0}
            noop       | {}
            """)
    void fillsInWhatIsNotGiven(String type, String attributes) {
        JsonNode added = add("{\"type\":\"%s\"}".formatted(type));

        assertThat(added)
                .isEqualTo(Api.parse(
                        "{\"attributes\":%s,\"name\":\"%s_downstream\",\"type\":\"%s\",\"stream\":\"downstream\",\"toxicity\":%s}"
                                .formatted(attributes, type, type, added.get("toxicity"))));
        assertThat(added.get("toxicity").asDouble()).isEqualTo(1.0);
        assertThat(show(type + "_downstream")).isEqualTo(added);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            latency    | {"latency":100,"jitter":10}
            bandwidth  | {"rate":500}
            slow_close | {"delay":300}
            timeout    | {"timeout":400}
            reset_peer | {"timeout":50}
            slicer     | {"average_size":100,"size_variation":20,"delay":5}
            limit_data | {"bytes":4000}
            """)
    void showsTheAttributesThatItWasGiven(String type, String attributes) {
        JsonNode added =
                add("{\"name\":\"mine\",\"type\":\"%s\",\"stream\":\"upstream\",\"toxicity\":0.25,\"attributes\":%s}"
                        .formatted(type, attributes));

        assertThat(added)
                .isEqualTo(Api.parse(
                        "{\"attributes\":%s,\"name\":\"mine\",\"type\":\"%s\",\"stream\":\"upstream\",\"toxicity\":0.25}"
                                .formatted(attributes, type)));
        assertThat(show("mine")).isEqualTo(added);
        assertThat(proxy("one").get("toxics").get(0)).isEqualTo(added);
    }

    @Test
    void namesToxicsAfterTypeAndStream() {
        add("{\"type\":\"latency\",\"stream\":\"upstream\"}");
        add("{\"type\":\"latency\",\"stream\":\"downstream\"}");
        add("{\"name\":\"\",\"type\":\"timeout\"}");

        assertThat(listed()).containsExactly("latency_upstream", "latency_downstream", "timeout_downstream");
    }

    @Test
    void listsUpstreamBeforeDownstreamAndEachInTheOrderOfAdding() {
        assertThat(api().get(TOXICS).require(200).text()).isEqualTo("[]");

        add("{\"name\":\"d1\",\"type\":\"latency\"}");
        add("{\"name\":\"u2\",\"type\":\"latency\",\"stream\":\"upstream\"}");
        add("{\"name\":\"d0\",\"type\":\"slicer\"}");
        add("{\"name\":\"u1\",\"type\":\"bandwidth\",\"stream\":\"upstream\"}");

        assertThat(listed()).containsExactly("u2", "u1", "d1", "d0");
        assertThat(proxy("one").get("toxics")).isEqualTo(api().get(TOXICS).json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPSTREAM", "Upstream", "upstream"})
    void takesAStreamInAnyCase(String stream) {
        add("{\"name\":\"mine\",\"type\":\"latency\",\"stream\":\"%s\"}".formatted(stream));

        assertThat(show("mine").get("stream").asText()).isEqualToIgnoringCase("upstream");
        add("{\"name\":\"other\",\"type\":\"latency\"}");
        assertThat(listed()).containsExactly("mine", "other");
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        JsonNode added = add("{\"type\":\"latency\",\"colour\":\"red\",\"attributes\":{\"latency\":5,\"smell\":1}}");

        assertThat(added.has("colour")).isFalse();
        assertThat(added.get("attributes")).isEqualTo(Api.parse("{\"latency\":5,\"jitter\":0}"));
    }

    @Test
    void countsNullAsNotGiven() {
        JsonNode added =
                add("{\"name\":null,\"type\":\"latency\",\"stream\":null,\"toxicity\":null,\"attributes\":null}");

        assertThat(added.get("name").asText()).isEqualTo("latency_downstream");
        assertThat(added.get("toxicity").asDouble()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "POST"})
    void changesOnlyWhatIsNamed(String method) {
        add("{\"name\":\"mine\",\"type\":\"latency\",\"attributes\":{\"latency\":100,\"jitter\":10}}");

        change(method, "{\"toxicity\":0.5,\"attributes\":{\"latency\":1000}}", 0.5, 1000, 10);
        change(method, "{\"attributes\":{\"latency\":500}}", 0.5, 500, 10);
        change(method, "{\"toxicity\":0.25}", 0.25, 500, 10);
        change(method, "{\"toxicity\":0}", 0, 500, 10);
        change(method, "{}", 0, 500, 10);
        change(method, "{\"attributes\":null,\"toxicity\":null}", 0, 500, 10);
        change(method, "{\"attributes\":{\"latency\":null,\"smell\":1}}", 0, 500, 10);
    }

    @Test
    void keepsNameTypeAndStreamOfAToxicThatIsChanged() {
        JsonNode added = add("{\"name\":\"mine\",\"type\":\"latency\"}");

        JsonNode changed = api().patch(
                        TOXICS + "/mine", "{\"name\":\"x\",\"type\":\"timeout\",\"stream\":\"upstream\"}")
                .require(200)
                .json();

        assertThat(changed).isEqualTo(added);
        assertThat(listed()).containsExactly("mine");
    }

    @Test
    void removesAToxic() {
        add("{\"name\":\"mine\",\"type\":\"latency\"}");

        Api.Reply removed = api().delete(TOXICS + "/mine");

        assertThat(removed.status()).isEqualTo(204);
        assertThat(removed.text()).isEmpty();
        assertThat(listed()).isEmpty();
        add("{\"name\":\"mine\",\"type\":\"timeout\"}");
    }

    @Test
    void resetsToxicsAndEnablesProxies() {
        add("{\"type\":\"latency\"}");
        add("{\"type\":\"latency\",\"stream\":\"upstream\"}");
        int two = addProxy("two", NOWHERE);
        addToxic("two", "{\"type\":\"timeout\"}");
        api().patch("/proxies/two", "{\"enabled\":false}").require(200);

        Api.Reply reset = api().post("/reset", "");

        assertThat(reset.status()).isEqualTo(204);
        assertThat(reset.text()).isEmpty();
        assertThat(listed()).isEmpty();
        assertThat(proxy("two").get("toxics")).isEmpty();
        assertThat(proxy("two").get("enabled").asBoolean()).isTrue();
        assertThat(Link.accepts(two)).isTrue();
    }

    private JsonNode add(String json) {
        return api().post(TOXICS, json).require(200).json();
    }

    private JsonNode show(String name) {
        return api().get(TOXICS + "/" + name).require(200).json();
    }

    private List<String> listed() {
        List<String> names = new ArrayList<>();
        api().get(TOXICS)
                .require(200)
                .json()
                .forEach(toxic -> names.add(toxic.get("name").asText()));
        return names;
    }

    private void change(String method, String json, double toxicity, int latency, int jitter) {
        JsonNode changed =
                api().send(method, TOXICS + "/mine", json).require(200).json();

        assertThat(changed.get("toxicity").asDouble()).as(json).isEqualTo(toxicity);
        assertThat(changed.get("attributes"))
                .as(json)
                .isEqualTo(Api.parse("{\"latency\":%d,\"jitter\":%d}".formatted(latency, jitter)));
        assertThat(show("mine")).isEqualTo(changed);
    }
}

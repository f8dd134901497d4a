package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.Lab.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Populating with toxics, which Toxiproxy does not do. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class PopulateToxicsIT {

    private static final String SLOW = "{\"name\":\"slow\",\"type\":\"latency\",\"attributes\":{\"latency\":%d}}";
    private static final String CUT = "{\"type\":\"reset_peer\"}";

    private Upstream upstream;
    private Lab lab;

    @BeforeEach
    void start() throws IOException {
        upstream = Upstream.echo();
        lab = new Lab(upstream.port());
    }

    @AfterEach
    void stop() throws IOException {
        lab.close();
        upstream.close();
    }

    @Test
    void addsAProxyWithItsToxics() throws IOException {
        String reachable = "\"127.0.0.1:%d\"".formatted(upstream.port());
        JsonNode shown = populate(proxy("other", CUT).replace("\"127.0.0.1:1\"", reachable))
                .get(0);

        assertThat(shown.get("toxics")).hasSize(1);
        assertThat(shown.get("toxics").get(0).get("name").asText()).isEqualTo("reset_peer_downstream");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.portOf("other"))) {
            socket.setSoTimeout(Lab.PATIENCE_MILLIS);
            socket.getOutputStream().write('a');
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> socket.getInputStream().read());
        }
    }

    @Test
    void takesToxicsAsToxiproxyShowsThem() {
        String shown =
                "{\"attributes\":{\"latency\":5,\"jitter\":1},\"name\":\"x\",\"type\":\"latency\",\"stream\":\"upstream\",\"toxicity\":0.5}";

        JsonNode toxic = populate(auth(shown)).get(0).get("toxics").get(0);

        assertThat(toxic)
                .hasToString("{\"name\":\"x\",\"type\":\"latency\",\"stream\":\"upstream\",\"toxicity\":0.5,"
                        + "\"attributes\":{\"jitter\":1,\"latency\":5}}");
    }

    @Test
    void changesWhatDiffersAndKeepsConnectionsOpen() throws IOException {
        lab.addToxic(SLOW.formatted(86_400_000));
        lab.addToxic("{\"type\":\"timeout\",\"stream\":\"upstream\",\"toxicity\":0}");
        try (Socket socket = lab.connect()) {
            socket.getOutputStream().write('a');

            JsonNode toxics = populate(auth(SLOW.formatted(1), "{\"type\":\"noop\"}"))
                    .get(0)
                    .get("toxics");

            assertThat(toxics.findValuesAsText("name")).containsExactly("slow", "noop_downstream");
            assertThat(socket.getInputStream().read()).isEqualTo('a');
            assertEchoes(socket);
        }
    }

    @Test
    void leavesAloneWhatIsTheSame() throws Exception {
        lab.addToxic(SLOW.formatted(1));
        String before = lab.get("/proxies/auth").text();
        try (EventReader events = new EventReader(lab, null);
                Socket socket = lab.connect()) {
            assertEchoes(socket);

            JsonNode same = populate(auth(SLOW.formatted(1))).get(0);
            lab.removeToxic("slow");

            assertThat(same).hasToString(before);
            assertThat(events.next(2))
                    .extracting(EventReader.Event::name)
                    .containsExactly("toxic-hit", "toxic-removed");
            assertEchoes(socket);
        }
    }

    @Test
    void leavesAloneTheCountOfAToxicThatIsTheSame() throws Exception {
        String next = "{\"name\":\"next\",\"type\":\"http_status\",\"attributes\":{\"times\":1}}";
        lab.addToxic(next);
        try (EventReader events = new EventReader(lab, null)) {

            populate(auth(next));
            lab.removeToxic("next");

            // A change would have begun the count anew.
            assertThat(events.next().name()).isEqualTo("toxic-removed");
        }
    }

    @Test
    void keepsAPortThatWasFoundForAnyFreeOne() throws IOException {
        populate(proxy("other", SLOW.formatted(1)));
        int port = lab.portOf("other");

        populate(proxy("other", SLOW.formatted(2)));

        assertThat(lab.portOf("other")).isEqualTo(port);
    }

    @Test
    void takesAllOffForAnEmptyListAndNoneWithoutAList() {
        lab.addToxic(SLOW.formatted(1));
        String auth = "{\"name\":\"auth\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"127.0.0.1:%d\"}"
                .formatted(lab.port(), upstream.port());

        assertThat(populate(auth).get(0).get("toxics")).hasSize(1);
        assertThat(populate(auth.replace("}", ",\"toxics\":null}")).get(0).get("toxics"))
                .hasSize(1);
        assertThat(populate(auth()).get(0).get("toxics")).isEmpty();
    }

    @Test
    void givesAMovedProxyTheToxicsOfTheList() throws IOException {
        lab.addToxic("{\"type\":\"noop\"}");
        try (Upstream other = Upstream.echo()) {
            JsonNode moved = populate(
                            auth(SLOW.formatted(1)).replace(":" + upstream.port() + "\"", ":" + other.port() + "\""))
                    .get(0);

            assertThat(moved.get("upstream").asText()).endsWith(":" + other.port());
            assertThat(moved.get("toxics").findValuesAsText("name")).containsExactly("slow");
        }
    }

    @Test
    void replacesAToxicOfTheSameNameAndAnotherType() {
        populate(auth(SLOW.formatted(1)));

        JsonNode toxic = populate(auth("{\"name\":\"slow\",\"type\":\"bandwidth\",\"stream\":\"upstream\"}"))
                .get(0)
                .get("toxics")
                .get(0);

        assertThat(toxic.get("type").asText()).isEqualTo("bandwidth");
        assertThat(toxic.get("stream").asText()).isEqualTo("upstream");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        proxy("b", "{\"type\":\"lag\"}"), "proxy 2: toxic 1: type is \"lag\"; there are bandwidth"),
                Arguments.of(
                        proxy("b", CUT, SLOW.formatted(-1)),
                        "proxy 2: toxic 2: latency of latency is -1; it must be a whole number of milliseconds from 0 to"),
                Arguments.of(
                        proxy("b", "{\"type\":\"timeout\",\"toxicity\":2}"),
                        "proxy 2: toxic 1: toxicity of timeout_downstream is 2.0; it must be from 0 to 1"),
                Arguments.of(
                        proxy("b", "{\"type\":\"timeout\",\"toxicity\":\"1\"}"),
                        "proxy 2: toxic 1: toxicity is \"1\"; it must be a number"),
                Arguments.of(
                        proxy("b", "{\"type\":\"timeout\",\"toxcity\":1}"),
                        "toxic 1: there is no field toxcity; there are"),
                Arguments.of(
                        proxy("b", "{\"type\":\"timeout\",\"stream\":\"x\"}"),
                        "stream is \"x\"; it must be upstream or downstream"),
                Arguments.of(
                        proxy("b", "{\"type\":\"timeout\",\"ttl\":0}"),
                        "ttl is 0; it must be a whole number of milliseconds from 1"),
                Arguments.of(proxy("b", CUT, CUT), "proxy 2: toxic 2: there is a toxic reset_peer_downstream already"),
                Arguments.of(proxy("b", "null"), "proxy 2: toxic 1: type is \"\""),
                Arguments.of(proxy("b", "[[]]"), "proxy 2: toxic 1: [[]] is not a JSON object"),
                Arguments.of(proxy("b").replace("[]", "{}"), "proxy 2: toxics is {}; it must be an array of toxics"),
                Arguments.of(proxy("b").replace("[]", "\"x\""), "toxics is \"x\"; it must be an array of toxics"),
                Arguments.of(proxy("b").replace("\"b\"", "1"), "proxy 2: name is 1; it must be a string"),
                Arguments.of("[]", "proxy 2: [] is not a JSON object"),
                Arguments.of(
                        proxy("b", many(101)), "proxy 2: toxics is an array of 101; it must be one of 0 to 100 toxics"),
                Arguments.of(proxy("b", SLOW.formatted(1)) + "] []", "railing"),
                Arguments.of(
                        "{\"name\":\"b\",\"upstream\":\"127.0.0.1:1\",\"toxics\":[],\"toxics\":[]}",
                        "Duplicate field 'toxics'"));
    }

    /** A good proxy comes before the bad one, and is not added either. */
    @ParameterizedTest
    @MethodSource("refusals")
    void changesNothingWhenOneToxicIsWrong(String bad, String sentence) {
        lab.addToxic(SLOW.formatted(7));
        String before = lab.get("/proxies").text();

        Reply reply = lab.send("POST", "/populate", "[%s,%s]".formatted(auth(SLOW.formatted(1), CUT), bad));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("error").asText())
                .startsWith("bad request body: ")
                .contains(sentence);
        assertThat(reply.json().get("proxies")).isEmpty();
        assertThat(lab.get("/proxies").text()).isEqualTo(before);
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        byte[] body = "[{\"name\":\"\u00e9\",\"upstream\":\"127.0.0.1:1\"}]".getBytes(StandardCharsets.ISO_8859_1);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.controlPort())) {
            socket.setSoTimeout(Lab.PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write(
                            "POST /populate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                                    .formatted(body.length)
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("bad request body: Invalid UTF-8");
        }
    }

    private static String many(int count) {
        return String.join(
                ",",
                IntStream.range(0, count)
                        .mapToObj("{\"type\":\"noop\",\"name\":\"n%d\"}"::formatted)
                        .toList());
    }

    private String auth(String... toxics) {
        return "{\"name\":\"auth\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"127.0.0.1:%d\",\"toxics\":[%s]}"
                .formatted(lab.port(), upstream.port(), String.join(",", toxics));
    }

    private static String proxy(String name, String... toxics) {
        return "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\",\"toxics\":[%s]}"
                .formatted(name, String.join(",", toxics));
    }

    private JsonNode populate(String... proxies) {
        Reply reply = lab.send("POST", "/populate", "[" + String.join(",", proxies) + "]");
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().get("proxies");
    }

    private static void assertEchoes(Socket socket) throws IOException {
        socket.getOutputStream().write('b');
        assertThat(socket.getInputStream().read()).isEqualTo('b');
    }
}

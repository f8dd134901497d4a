package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.Lab.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ControlApiIT {

    private static final String PROXY = "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\"}";
    private static final String LATENCY = "{\"type\":\"latency\",\"attributes\":{\"latency\":5,\"jitter\":1}}";

    private Upstream upstream;
    private Lab lab;

    @BeforeAll
    void start() throws IOException {
        upstream = Upstream.echo();
        lab = new Lab(upstream.port());
    }

    @AfterAll
    void stop() throws IOException {
        lab.close();
        upstream.close();
    }

    @AfterEach
    void leaveOnlyAuth() {
        lab.reset();
        lab.get("/proxies").json().fieldNames().forEachRemaining(name -> {
            if (!name.equals("auth")) {
                lab.send("DELETE", "/proxies/" + name, "");
            }
        });
    }

    static Stream<Arguments> refusals() {
        String deep = "[".repeat(5000);
        return Stream.of(
                Arguments.of("GET", "/proxies/nope", "", 404, "there is no proxy nope"),
                Arguments.of("DELETE", "/proxies/nope", "", 404, "there is no proxy nope"),
                Arguments.of("GET", "/proxies/nope/toxics", "", 404, "there is no proxy nope"),
                Arguments.of("GET", "/proxies/auth/toxics/nope", "", 404, "proxy auth has no toxic nope"),
                Arguments.of("DELETE", "/proxies/auth/toxics/nope", "", 404, "proxy auth has no toxic nope"),
                Arguments.of("PATCH", "/proxies/auth/toxics/nope", "{}", 404, "proxy auth has no toxic nope"),
                Arguments.of("GET", "/nope", "", 404, "/nope"),
                Arguments.of("GET", "/proxies/", "", 404, "proxy not found"),
                Arguments.of("GET", "/proxies/%ff%00", "", 404, "proxy not found"),
                Arguments.of("PUT", "/proxies", "", 405, "possible: GET, POST"),
                Arguments.of("GET", "/reset", "", 405, "possible: POST"),
                Arguments.of("POST", "/proxies", "", 400, "bad request body: it is empty"),
                Arguments.of("POST", "/proxies", "{", 400, "bad request body: "),
                Arguments.of("POST", "/proxies", deep, 400, "bad request body: "),
                Arguments.of("POST", "/proxies", "[]", 400, "bad request body: "),
                Arguments.of("POST", "/proxies", "{}", 400, "missing required field: name"),
                Arguments.of("POST", "/proxies", "{\"name\":\"a\"}", 400, "missing required field: upstream"),
                Arguments.of("POST", "/proxies", PROXY.formatted("auth"), 409, "there is a proxy auth already"),
                Arguments.of(
                        "PATCH", "/proxies/auth", "{\"enabled\":1}", 400, "enabled is 1; it must be true or false"),
                Arguments.of("PATCH", "/proxies/auth", "{\"listen\":\"x\"}", 500, "listen is \"x\""),
                Arguments.of("PATCH", "/proxies/auth", "{\"listen\":\"no.such.host.invalid:1\"}", 500, "unknown host"),
                Arguments.of("PATCH", "/proxies/auth", "{\"upstream\":\"10.0.0.1:1\"}", 403, "--allow-upstream"),
                Arguments.of("PATCH", "/proxies/auth", "{\"upstream\":\"example.test:1\"}", 403, "--allow-upstream"),
                Arguments.of("POST", "/populate", "{}", 400, "not a JSON array"),
                Arguments.of(
                        "POST",
                        "/proxies/auth/toxics",
                        "{}",
                        400,
                        "type is \"\"; there are bandwidth, connection_lifetime"),
                Arguments.of(
                        "POST",
                        "/proxies/auth/toxics",
                        "{\"type\":\"x\"}",
                        400,
                        "type is \"x\"; there are bandwidth, connection_lifetime"),
                Arguments.of(
                        "POST",
                        "/proxies/auth/toxics",
                        "{\"type\":\"latency\",\"stream\":\"x\"}",
                        400,
                        "stream was invalid"),
                Arguments.of(
                        "POST",
                        "/proxies/auth/toxics",
                        "{\"type\":\"latency\",\"toxicity\":1.1}",
                        400,
                        "toxicity of latency_downstream is 1.1; it must be from 0 to 1"),
                Arguments.of(
                        "POST",
                        "/proxies/auth/toxics",
                        "{\"type\":\"latency\",\"attributes\":{\"latency\":-1}}",
                        400,
                        "latency of latency is -1"),
                Arguments.of("PATCH", "/proxies/auth", "{\"enabled\":false,\"ttl\":0}", 400, ttl("0")),
                Arguments.of("PATCH", "/proxies/auth", "{\"enabled\":false,\"ttl\":-5}", 400, ttl("-5")),
                Arguments.of("PATCH", "/proxies/auth", "{\"enabled\":false,\"ttl\":0.5}", 400, ttl("0.5")),
                Arguments.of("PATCH", "/proxies/auth", "{\"enabled\":false,\"ttl\":\"9\"}", 400, ttl("\"9\"")),
                Arguments.of("PATCH", "/proxies/auth", "{\"enabled\":false,\"ttl\":86400001}", 400, ttl("86400001")),
                Arguments.of("PATCH", "/proxies/auth", "{\"enabled\":false,\"ttl\":1e300}", 400, ttl("1.0E300")),
                Arguments.of(
                        "PATCH", "/proxies/auth", "{\"enabled\":true,\"ttl\":9}", 400, "ttl of auth is 9, but auth"),
                Arguments.of("PATCH", "/proxies/auth", "{\"ttl\":9}", 400, "only a disabled proxy can have one"),
                Arguments.of(
                        "POST", "/proxies", "{\"name\":\"a\",\"upstream\":\"a:1\",\"ttl\":9}", 400, "ttl of a is 9"),
                Arguments.of(
                        "POST",
                        "/populate",
                        "[{\"name\":\"a\",\"upstream\":\"a:1\",\"enabled\":false,\"ttl\":0}]",
                        400,
                        "proxy 1: " + ttl("0")),
                Arguments.of("POST", "/proxies/auth/toxics", "{\"type\":\"latency\",\"ttl\":0}", 400, ttl("0")),
                Arguments.of("POST", "/proxies/auth/toxics", "{\"type\":\"latency\",\"delay\":-1}", 400, delay("-1")),
                Arguments.of("PATCH", "/proxies/auth", "{\"enabled\":false,\"delay\":0.5}", 400, delay("0.5")),
                Arguments.of(
                        "PATCH", "/proxies/auth", "{\"enabled\":false,\"delay\":86400001}", 400, delay("86400001")),
                Arguments.of(
                        "PATCH",
                        "/proxies/auth",
                        "{\"enabled\":true,\"delay\":9}",
                        400,
                        "delay of auth is 9, but auth"));
    }

    private static String ttl(String value) {
        return "ttl is %s; it must be a whole number of milliseconds from 1 to 86400000".formatted(value);
    }

    private static String delay(String value) {
        return "delay is %s; it must be a whole number of milliseconds from 0 to 86400000".formatted(value);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesInToxiproxysShape(String method, String path, String body, int status, String sentence) {
        JsonNode before = lab.get("/proxies").json();

        Reply reply = lab.send(method, path, body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().get("status").asInt()).isEqualTo(status);
        assertThat(reply.json().get("error").asText() + "\n"
                        + reply.json().path("detail").asText())
                .contains(sentence);
        assertThat(lab.get("/proxies").json()).isEqualTo(before);
    }

    @Test
    void tellsTheVersionWhoseApiItHas() {
        assertThat(lab.get("/version").text()).isEqualTo("{\"version\": \"2.12.0\"}\n");
    }

    @Test
    void addsShowsAndRemovesAProxy() {
        Reply added = lab.send("POST", "/proxies", PROXY.formatted("other"));
        Reply shown = lab.get("/proxies/other");
        Reply removed = lab.send("DELETE", "/proxies/other", "");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().get("listen").asText()).startsWith("127.0.0.1:").isNotEqualTo("127.0.0.1:0");
        assertThat(shown).isEqualTo(new Reply(200, added.text()));
        assertThat(removed).isEqualTo(new Reply(204, ""));
        assertThat(lab.get("/proxies/other").status()).isEqualTo(404);
    }

    @Test
    void addsChangesAndRemovesAToxic() {
        Reply added = lab.send("POST", "/proxies/auth/toxics", LATENCY);
        Reply again = lab.send("POST", "/proxies/auth/toxics", LATENCY);
        Reply changed = lab.send(
                "POST", "/proxies/auth/toxics/latency_downstream", "{\"toxicity\":0.5,\"attributes\":{\"jitter\":2}}");
        Reply listed = lab.get("/proxies/auth/toxics");
        Reply removed = lab.send("DELETE", "/proxies/auth/toxics/latency_downstream", "");

        assertThat(added)
                .isEqualTo(new Reply(
                        200,
                        "{\"name\":\"latency_downstream\",\"type\":\"latency\",\"stream\":\"downstream\","
                                + "\"toxicity\":1.0,\"attributes\":{\"jitter\":1,\"latency\":5}}"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(changed.json().get("toxicity").asDouble()).isEqualTo(0.5);
        assertThat(changed.json().get("attributes")).hasToString("{\"jitter\":2,\"latency\":5}");
        assertThat(listed.json().get(0)).isEqualTo(changed.json());
        assertThat(removed.status()).isEqualTo(204);
    }

    @Test
    void takesBackTheProxyThatItShowed() {
        lab.addToxic(LATENCY);
        Reply shown = lab.get("/proxies/auth");

        assertThat(lab.send("POST", "/proxies/auth", shown.text())).isEqualTo(shown);
    }

    @Test
    void populatesWhatIsMissingAndKeepsTheRest() {
        lab.addToxic(LATENCY);
        String auth = lab.get("/proxies/auth").text();

        Reply reply = lab.send("POST", "/populate", "[%s,%s]".formatted(auth, PROXY.formatted("other")));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().get("proxies").get(0)).hasToString(auth);
        assertThat(reply.json().get("proxies").get(1).get("name").asText()).isEqualTo("other");
    }

    @Test
    void keepsWhatComesBeforeAnEntryThatCannotBeHad() {
        String unusable = PROXY.formatted("third").replace("127.0.0.1:1", "nowhere");

        Reply reply = lab.send("POST", "/populate", "[%s,%s]".formatted(PROXY.formatted("other"), unusable));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("error").asText()).startsWith("bad request body: proxy 2: upstream is \"nowhere\"");
        assertThat(reply.json().get("proxies").get(0).get("name").asText()).isEqualTo("other");
        assertThat(lab.get("/proxies/other").status()).isEqualTo(200);
        assertThat(lab.get("/proxies/third").status()).isEqualTo(404);
    }

    @Test
    void changesNothingWhenAnEntryHasNoName() {
        Reply reply = lab.send("POST", "/populate", "[%s,{}]".formatted(PROXY.formatted("other")));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("error").asText()).isEqualTo("missing required field: name at proxy 2");
        assertThat(lab.get("/proxies/other").status()).isEqualTo(404);
    }

    @Test
    void keepsTheOldPortWhenTheNewOneIsTaken() throws IOException {
        String before = lab.get("/proxies/auth").text();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listen = "127.0.0.1:" + taken.getLocalPort();

            Reply reply = lab.send("PATCH", "/proxies/auth", "{\"listen\":\"%s\"}".formatted(listen));

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.json().get("error").asText())
                    .isEqualTo("listen tcp %s: bind: address already in use".formatted(listen));
            assertThat(reply.json().get("detail").asText())
                    .startsWith("auth cannot listen at " + listen)
                    .endsWith("; free the port or choose another");
        }
        assertThat(lab.get("/proxies/auth").text()).isEqualTo(before);
        lab.connect().close();
    }

    @Test
    void refusesAnAddressThatAnotherProxyHas() {
        String listen = lab.get("/proxies/auth").json().get("listen").asText();

        Reply reply = lab.send("POST", "/proxies", PROXY.formatted("other").replace("127.0.0.1:0", listen));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.json().get("detail").asText()).contains("other", listen);
    }

    @Test
    void refusesBrowsers() {
        assertThat(lab.send("GET", "/proxies", "", "Mozilla/5.0 (X11)").status())
                .isEqualTo(403);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        for (int i = 0; i < 20; i++) {
            Reply reply = lab.send("POST", "/populate", " ".repeat(8 * 1024 * 1024));

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.json().get("error").asText()).contains("1048576 bytes");
        }
    }

    /** Toxiproxy does too, mostly: it may give a request up when its client ends. */
    @Test
    void answersAClientThatHasEndedItsSide() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.controlPort())) {
            socket.setSoTimeout(Lab.PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertThat(socket.getInputStream().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("\"version\"");
        }
    }

    @Test
    void answersJunkAndHangsUp() throws IOException {
        for (String junk : List.of("\u0016\u0003\u0001hello\r\n\r\n", "GET\r\n\r\n", "GET " + "/".repeat(4097))) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.controlPort())) {
                socket.setSoTimeout(Lab.PATIENCE_MILLIS);
                socket.getOutputStream().write(junk.getBytes(StandardCharsets.ISO_8859_1));

                assertThat(socket.getInputStream().readAllBytes())
                        .asString(StandardCharsets.UTF_8)
                        .startsWith("HTTP/1.1 400 ");
            }
        }
        assertThat(lab.get("/version").status()).isEqualTo(200);
    }

    @Test
    void makesConcurrentChangesOneAtATime() throws InterruptedException, ExecutionException {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<?>> pending = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            String name = "proxy-" + caller;
            pending.add(callers.submit(() -> {
                for (int i = 0; i < 10; i++) {
                    assertThat(lab.send("POST", "/proxies", PROXY.formatted(name))
                                    .status())
                            .isEqualTo(201);
                    assertThat(lab.send("POST", "/proxies/%s/toxics".formatted(name), LATENCY)
                                    .status())
                            .isEqualTo(200);
                    lab.enable(i % 2 == 0);
                    assertThat(lab.send("DELETE", "/proxies/" + name, "").status())
                            .isEqualTo(204);
                }
            }));
        }
        for (Future<?> one : pending) {
            one.get();
        }
        callers.shutdown();

        assertThat(lab.get("/proxies").json()).hasSize(1);
    }

    @Test
    void refusesMoreToxicsThanAProxyMayHave() {
        for (int i = 0; i < 100; i++) {
            lab.addToxic("{\"type\":\"noop\",\"name\":\"n%d\"}".formatted(i));
        }

        Reply refused = lab.send("POST", "/proxies/auth/toxics", "{\"type\":\"noop\",\"name\":\"more\"}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("too many toxics", "proxy auth has 100 toxics already");
    }

    @Test
    void refusesMoreProxiesThanThereMayBeAndStillShowsItsMetrics() {
        for (int i = 0; i < 999; i++) {
            assertThat(addProxy("p" + i, "127.0.0.1:0", "127.0.0.1:1").status()).isEqualTo(201);
        }

        Reply refused = addProxy("more", "127.0.0.1:0", "127.0.0.1:1");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("too many proxies", "there are 1000 proxies already");
        assertThat(lab.get("/metrics").text()).contains("p998");
    }

    /** 20,000 answers of some kilobytes each would be more than the memory that there is. */
    @Test
    void makesNoMoreThanOneAnswerForAClientThatNeverReads() throws Exception {
        for (int i = 0; i < 100; i++) {
            addProxy("p" + i, "127.0.0.1:0", "127.0.0.1:1");
        }
        byte[] request = "GET /proxies HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), lab.controlPort()));
            deaf.setSoTimeout(2_000);
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < 200_000; i++) {
                        deaf.getOutputStream().write(request);
                    }
                } catch (IOException closedByTheTest) {
                    // It blocks until then, since nobody reads what it sends.
                }
            });
            sender.start();
            sender.join(1_500);

            assertThat(sender.isAlive()).isTrue();
            assertThat(lab.get("/version").status()).isEqualTo(200);
        }
    }

    @Test
    void takesNoMoreThan256Connections() throws IOException {
        List<Socket> clients = new ArrayList<>();
        try (BareInjector bare = new BareInjector()) {
            for (int i = 0; i < 256; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), bare.controlPort());
                clients.add(client);
                assertThat(firstByteOfAnAnswer(client)).isEqualTo('H');
            }
            try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), bare.controlPort())) {
                refused.setSoTimeout(Lab.PATIENCE_MILLIS);

                assertThat(refused.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static int firstByteOfAnAnswer(Socket client) throws IOException {
        client.setSoTimeout(Lab.PATIENCE_MILLIS);
        client.getOutputStream()
                .write("GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client.getInputStream().read();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: localhost\r\nOrigin: http://evil.example"})
    void refusesChangesThatAPageOfAnotherSiteMakes(String headers) throws IOException {
        try (Socket page = new Socket(InetAddress.getLoopbackAddress(), lab.controlPort())) {
            page.setSoTimeout(Lab.PATIENCE_MILLIS);
            page.getOutputStream()
                    .write("POST /reset HTTP/1.1\r\n%s\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
                            .formatted(headers)
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("evil.example");
        }
    }

    @Test
    void refusesToListenWhereOthersThanThisMachineCanConnect() {
        Reply refused = addProxy("ssh", "0.0.0.0:0", "127.0.0.1:22");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("listen of ssh is 0.0.0.0:0", "--allow-listen");
        assertThat(lab.send("PATCH", "/proxies/auth", "{\"listen\":\"[::]:0\"}").status())
                .isEqualTo(403);
    }

    private Reply addProxy(String name, String listen, String upstreamAddress) {
        return lab.send(
                "POST",
                "/proxies",
                "{\"name\":\"%s\",\"listen\":\"%s\",\"upstream\":\"%s\"}".formatted(name, listen, upstreamAddress));
    }
}

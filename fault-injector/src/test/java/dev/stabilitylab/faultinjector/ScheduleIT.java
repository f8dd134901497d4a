package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.Lab.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Timelines that the fault injector executes by itself. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class ScheduleIT {

    private static final String NEVER =
            "{\"name\":\"slow\",\"type\":\"latency\",\"attributes\":{\"latency\":86400000}}";
    private static final String FLAKY = "{\"name\":\"flaky\",\"type\":\"reset_peer\"}";

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
    void breaksAndMendsOpenConnectionsAtTheirTimes() throws IOException {
        try (Socket socket = lab.connect()) {
            assertEchoes(socket);
            long start = System.nanoTime();
            run(toxic(0, NEVER), remove(300, "slow"), toxic(2000, FLAKY));
            awaitState(0, "done");

            socket.getOutputStream().write('a');
            assertThat(socket.getInputStream().read()).isEqualTo('a');
            long mended = System.nanoTime() - start;
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
                while (true) {
                    assertEchoes(socket);
                }
            });

            assertThat(mended).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(2000));
        }
    }

    @Test
    void disablesAProxyForAWhile() {
        run("{\"at\":50,\"proxy\":\"auth\",\"enabled\":false,\"ttl\":1500}");

        awaitState(0, "done");
        assertThatExceptionOfType(ConnectException.class).isThrownBy(lab::connect);

        await(() -> lab.get("/proxies/auth").json().get("enabled").booleanValue());
        assertThat(schedule().get("state").asText()).isEqualTo("done");
    }

    @Test
    void showsHowFarItHasCome() {
        Reply reply = lab.send(
                "PUT",
                "/schedule",
                events(
                        toxic(0, "{\"name\":\"slow\",\"type\":\"latency\",\"ttl\":60000}"),
                        toxic(1, "{\"name\":\"slow\",\"type\":\"latency\"}"),
                        "{\"at\":3600000,\"proxy\":\"auth\",\"enabled\":false,\"ttl\":5}",
                        remove(3600001, "slow"),
                        "{\"at\":3600002,\"reset\":true}"));
        awaitState(1, "failed");

        JsonNode shown = schedule();

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().get("state").asText()).isEqualTo("running");
        assertThat(shown.get("state").asText()).isEqualTo("running");
        assertThat(shown.get("elapsed").asLong()).isBetween(1L, 60_000L);
        JsonNode events = shown.get("events");
        assertThat(events.get(0).get("lateness").asDouble()).isBetween(0.0, 60_000.0);
        assertThat(events.get(0).get("toxic"))
                .hasToString("{\"name\":\"slow\",\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":1.0,"
                        + "\"attributes\":{\"jitter\":0,\"latency\":0},\"ttl\":60000}");
        assertThat(events.get(1).get("error").asText()).contains("already");
        assertThat(events.get(1).has("lateness")).isFalse();
        assertThat(events.get(2))
                .hasToString("{\"at\":3600000,\"proxy\":\"auth\",\"enabled\":false,\"ttl\":5,\"state\":\"pending\"}");
        assertThat(events.get(3))
                .hasToString("{\"at\":3600001,\"proxy\":\"auth\",\"remove\":\"slow\",\"state\":\"pending\"}");
        assertThat(events.get(4)).hasToString("{\"at\":3600002,\"reset\":true,\"state\":\"pending\"}");
    }

    @Test
    void isCancelledByOneCall() throws IOException {
        run(toxic(0, NEVER), "{\"at\":0,\"proxy\":\"auth\",\"enabled\":false}", toxic(3600000, FLAKY));
        awaitState(1, "done");

        Reply reply = lab.send("DELETE", "/schedule", "");

        assertThat(reply).isEqualTo(new Reply(204, ""));
        assertThat(schedule().get("state").asText()).isEqualTo("cancelled");
        assertThat(schedule().get("events").get(2).get("state").asText()).isEqualTo("cancelled");
        try (Socket socket = lab.connect()) {
            assertEchoes(socket);
        }
        assertThat(lab.send("DELETE", "/schedule", "").status()).isEqualTo(204);
    }

    @Test
    void isCancelledWhenNobodyKeepsItAliveAnyMore() throws IOException {
        try (Socket socket = lab.connect()) {
            assertThat(lab.send(
                                    "PUT",
                                    "/schedule",
                                    "{\"keepalive\":1500,\"events\":[%s,%s]}"
                                            .formatted(toxic(0, NEVER), toxic(3600000, FLAKY)))
                            .status())
                    .isEqualTo(201);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            String state = "running";
            while (System.nanoTime() < until && state.equals("running")) {
                Reply reply = lab.send("POST", "/schedule/keepalive", "");
                state = reply.json().get("state").asText();
                assertThat(reply.json().get("keepalive").asInt()).isEqualTo(1500);
            }
            assertThat(state).isEqualTo("running");

            // Held back until the latency is taken off.
            assertEchoes(socket);
        }
        assertThat(schedule().get("state").asText()).isEqualTo("cancelled");
    }

    @Test
    void isNotKeptAliveByOneWhoOnlyLooks() {
        lab.send("PUT", "/schedule", "{\"keepalive\":300,\"events\":[%s]}".formatted(toxic(3600000, FLAKY)));

        await(() -> schedule().get("state").asText().equals("cancelled"));
    }

    @Test
    void isCancelledByAReset() throws IOException {
        run(toxic(0, NEVER), toxic(3600000, FLAKY));
        awaitState(0, "done");

        lab.reset();

        assertThat(schedule().get("state").asText()).isEqualTo("cancelled");
        try (Socket socket = lab.connect()) {
            assertEchoes(socket);
        }
    }

    @Test
    void isNotCancelledByItsOwnReset() throws IOException {
        run(toxic(0, NEVER), "{\"at\":10,\"reset\":true}", toxic(20, FLAKY));

        awaitState(2, "done");

        assertThat(lab.get("/proxies/auth/toxics").json()).hasSize(1);
        assertThat(schedule().get("state").asText()).isEqualTo("done");
    }

    @Test
    void saysWhichFaultCannotBeEndedAndTriesAgain() throws IOException {
        run("{\"at\":0,\"proxy\":\"auth\",\"enabled\":false}", toxic(3600000, FLAKY));
        awaitState(0, "done");
        try (ServerSocket taken = new ServerSocket(lab.port(), 1, InetAddress.getLoopbackAddress())) {

            Reply reply = lab.send("DELETE", "/schedule", "");

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text()).contains("auth cannot listen at 127.0.0.1:" + taken.getLocalPort());
            assertThat(schedule().get("state").asText()).isEqualTo("cancelled");
        }
        assertThat(lab.send("DELETE", "/schedule", "").status()).isEqualTo(204);
        lab.connect().close();
    }

    @Test
    void notesAPortThatIsTakenAndGoesOn() throws IOException {
        lab.enable(false);
        try (ServerSocket taken = new ServerSocket(lab.port(), 1, InetAddress.getLoopbackAddress())) {
            run("{\"at\":0,\"proxy\":\"auth\",\"enabled\":true}", toxic(10, FLAKY));

            awaitState(1, "done");

            JsonNode first = schedule().get("events").get(0);
            assertThat(first.get("state").asText()).isEqualTo("failed");
            assertThat(first.get("error").asText()).contains("auth cannot listen at 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void refusesASecondOneWhileOneRuns() {
        run(toxic(3600000, FLAKY));
        String before = schedule().get("events").toString();

        Reply reply = lab.send("PUT", "/schedule", events(toxic(0, NEVER)));

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().get("error").asText()).contains("DELETE /schedule");
        assertThat(schedule().get("events")).hasToString(before);
        assertThat(lab.get("/proxies/auth/toxics").json()).isEmpty();
    }

    @Test
    void executesManyEventsInTheirOrder() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(toxic(i, FLAKY.replace("reset_peer", "latency")));
            all.add(remove(i, "flaky"));
        }

        run(all.toArray(String[]::new));

        awaitState(199, "done");
        assertThat(schedule().get("events")).hasSize(200).allSatisfy(event -> {
            assertThat(event.get("state").asText()).isEqualTo("done");
            assertThat(event.get("lateness").asDouble()).isPositive();
        });
    }

    @Test
    void knowsNoneBeforeTheFirst() {
        assertThat(lab.get("/schedule").status()).isEqualTo(404);
        assertThat(lab.send("POST", "/schedule/keepalive", "").status()).isEqualTo(404);
        assertThat(lab.send("DELETE", "/schedule", "").status()).isEqualTo(204);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("[]", "not a JSON object"),
                Arguments.of("{}", "missing required field: events"),
                Arguments.of("{\"events\":[],\"x\":1}", "there is no field x"),
                Arguments.of("{\"events\":[]}", "events is an array of 0; it must be an array of 1 to 1000 events"),
                Arguments.of("{\"events\":{}}", "events is {}"),
                Arguments.of("{\"events\":[{\"at\":0,\"reset\":true}],\"keepalive\":0}", "keepalive is 0; it must be"),
                Arguments.of(
                        events(Stream.generate(() -> remove(0, "a")).limit(1001).toArray(String[]::new)), "1001"),
                Arguments.of(events("1"), "event 1: 1 is not a JSON object"),
                Arguments.of(
                        second("{\"at\":0}"), "event 2: it has nothing to do; it must have exactly one of enabled"),
                Arguments.of(second("{\"reset\":true}"), "event 2: missing required field: at"),
                Arguments.of(second("{\"at\":-1,\"reset\":true}"), "event 2: at is -1; it must be a whole number"),
                Arguments.of(second("{\"at\":86400001,\"reset\":true}"), "from 0 to 86400000"),
                Arguments.of(second("{\"at\":0,\"reset\":false}"), "event 2: reset is false; it must be true"),
                Arguments.of(second("{\"at\":0,\"reset\":true,\"enabled\":true}"), "event 2: it has enabled and reset"),
                Arguments.of(
                        second("{\"at\":0,\"reset\":true,\"proxy\":\"auth\"}"), "event 2: there is no field proxy"),
                Arguments.of(second("{\"at\":0,\"reset\":true,\"when\":1}"), "event 2: there is no field when"),
                Arguments.of(second("{\"at\":0,\"enabled\":false}"), "event 2: missing required field: proxy"),
                Arguments.of(
                        second("{\"at\":0,\"proxy\":\"nope\",\"enabled\":false}"),
                        "event 2: there is no proxy nope; there are auth"),
                Arguments.of(
                        second("{\"at\":0,\"proxy\":\"auth\",\"enabled\":true,\"ttl\":5}"),
                        "event 2: ttl of auth is 5, but auth is enabled"),
                Arguments.of(second("{\"at\":0,\"proxy\":\"auth\",\"enabled\":false,\"ttl\":0}"), "event 2: ttl is 0"),
                Arguments.of(second(toxic(0, "{\"type\":\"x\"}")), "event 2: type is \"x\"; there are"),
                Arguments.of(second(toxic(0, "{\"type\":\"latency\",\"ttl\":0}")), "event 2: ttl is 0"),
                Arguments.of(
                        second("{\"at\":0,\"proxy\":\"auth\",\"toxic\":%s,\"ttl\":5}".formatted(NEVER)),
                        "event 2: there is no field ttl; there are at, proxy, toxic"),
                Arguments.of(second("{\"at\":0,\"proxy\":\"auth\",\"toxic\":1}"), "event 2: 1 is not a JSON object"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesTheWholeWhenOneEventIsWrong(String body, String sentence) {
        Reply reply = lab.send("PUT", "/schedule", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("error").asText()).contains(sentence);
        assertThat(lab.get("/schedule").status()).isEqualTo(404);
        assertThat(lab.get("/proxies/auth/toxics").json()).isEmpty();
    }

    private static String second(String event) {
        return events(toxic(0, NEVER), event);
    }

    private static String events(String... events) {
        return "{\"events\":[%s]}".formatted(String.join(",", events));
    }

    private static String toxic(long at, String toxic) {
        return "{\"at\":%d,\"proxy\":\"auth\",\"toxic\":%s}".formatted(at, toxic);
    }

    private static String remove(long at, String toxic) {
        return "{\"at\":%d,\"proxy\":\"auth\",\"remove\":\"%s\"}".formatted(at, toxic);
    }

    private void run(String... events) {
        assertThat(lab.send("PUT", "/schedule", events(events)).status()).isEqualTo(201);
    }

    private JsonNode schedule() {
        return lab.get("/schedule").json();
    }

    private void awaitState(int event, String state) {
        await(() -> schedule().get("events").get(event).get("state").asText().equals(state));
    }

    private static void await(BooleanSupplier condition) {
        try {
            assertThat(ProxyingIT.becomesTrue(condition)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void assertEchoes(Socket socket) throws IOException {
        socket.getOutputStream().write('a');
        assertThat(socket.getInputStream().read()).isEqualTo('a');
    }
}

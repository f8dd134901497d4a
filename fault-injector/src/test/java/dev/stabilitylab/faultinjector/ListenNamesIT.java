package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.Lab.Reply;
import dev.stabilitylab.faultinjector.proxy.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proxies that are to listen at a name, and a name server that may hang. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class ListenNamesIT {

    private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch slowNameAsked = new CountDownLatch(1);
    private final CountDownLatch slowName = new CountDownLatch(1);
    private Lab lab;

    @BeforeEach
    void start() throws IOException {
        lab = new Lab(new Address("127.0.0.1", 1), this::lookUp);
        names.put("here.test", List.of(InetAddress.getLoopbackAddress()));
        names.put("slow.test", List.of(InetAddress.getLoopbackAddress()));
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        asked.add(host);
        if (host.equals("slow.test")) {
            slowNameAsked.countDown();
            awaitQuietly(slowName);
        }
        List<InetAddress> found = names.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        return found;
    }

    @AfterEach
    void stop() {
        slowName.countDown();
        lab.close();
    }

    @Test
    void keepsNobodyElseWaitingWhileANameIsLookedUp() throws Exception {
        CompletableFuture<Reply> named =
                CompletableFuture.supplyAsync(() -> add("named", "slow.test:0", ""), task -> new Thread(task).start());
        slowNameAsked.await();

        lab.addToxic("{\"type\":\"latency\"}");
        lab.enable(false);
        Reply schedule = lab.send("PUT", "/schedule", "{\"events\":[{\"at\":0,\"reset\":true}]}");
        assertThat(schedule.status()).isEqualTo(201);
        assertThat(ProxyingIT.becomesTrue(
                        () -> lab.get("/proxies/auth").json().get("enabled").asBoolean()))
                .isTrue();
        assertThat(named).isNotDone();

        slowName.countDown();
        assertThat(named.get().status()).isEqualTo(201);
        assertListens("named");
    }

    @Test
    void refusesANameThatHangsAndSaysWhichAndHowLongItWaited() {
        Reply refused = add("named", "slow.test:0", "");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(error(refused)).isEqualTo("listen tcp: lookup slow.test: i/o timeout");
        assertThat(refused.json().get("detail").asText())
                .isEqualTo("named cannot listen at slow.test:0: slow.test could not be looked up within 5000 ms");
        assertThat(lab.get("/proxies/named").status()).isEqualTo(404);
    }

    @Test
    void answersTheRequestsOfAConnectionInTheirOrder() throws Exception {
        try (Socket control = new Socket(InetAddress.getLoopbackAddress(), lab.controlPort())) {
            control.setSoTimeout(Lab.PATIENCE_MILLIS);
            String body = body("named", "slow.test:0", "");
            control.getOutputStream()
                    .write(("POST /proxies HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
                                    + "GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .formatted(body.length(), body)
                            .getBytes(StandardCharsets.US_ASCII));
            control.shutdownOutput();
            slowNameAsked.await();
            slowName.countDown();

            assertThat(new String(control.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .containsSubsequence("HTTP/1.1 201", "\"named\"", "HTTP/1.1 200", "\"version\"");
        }
    }

    @Test
    void saysWhenANameIsNotKnownAsToxiproxyDoes() {
        String lookup = "lookup nobody.test: no such host";

        Reply added = add("named", "nobody.test:0", "");
        Reply disabled = add("named", "nobody.test:0", ",\"enabled\":false");
        Reply enabled = lab.send("PATCH", "/proxies/named", "{\"enabled\":true}");
        Reply changed = lab.send("PATCH", "/proxies/auth", "{\"listen\":\"nobody.test:0\"}");
        Reply populated = lab.send("POST", "/populate", "[" + body("auth", "nobody.test:0", "") + "]");

        assertThat(error(added)).isEqualTo("listen tcp: " + lookup);
        assertThat(disabled.status()).isEqualTo(201);
        assertThat(disabled.json().get("listen").asText()).isEqualTo("nobody.test:0");
        assertThat(List.of(enabled, changed, populated))
                .allSatisfy(refused -> assertThat(error(refused)).isEqualTo(lookup))
                .allSatisfy(refused -> assertThat(refused.status()).isEqualTo(500));
        assertListens("auth");
    }

    @Test
    void asksAgainWhenSomebodyWantsTheProxyEnabled() {
        add("named", "later.test:0", ",\"enabled\":false");

        names.put("later.test", List.of(InetAddress.getLoopbackAddress()));
        lab.reset();

        assertListens("named");
        assertThat(asked).containsExactly("later.test", "later.test");
    }

    @Test
    void knowsTheNameAlreadyWhenItIsTimeToBeEnabled() throws Exception {
        add("named", "here.test:0", ",\"enabled\":false,\"ttl\":1");

        assertThat(ProxyingIT.becomesTrue(
                        () -> lab.get("/proxies/named").json().get("enabled").asBoolean()))
                .isTrue();

        assertListens("named");
        assertThat(asked).containsExactly("here.test");
    }

    @Test
    void populatesWithNames() {
        Reply populated = lab.send(
                "POST",
                "/populate",
                "[%s,%s,%s]"
                        .formatted(
                                body("one", "here.test:0", ""),
                                body("two", "nobody.test:0", ""),
                                body("three", "here.test:0", "")));

        assertThat(populated.status()).isEqualTo(500);
        assertThat(error(populated)).isEqualTo("listen tcp: lookup nobody.test: no such host");
        assertThat(populated.json().get("proxies")).hasSize(1);
        assertListens("one");
        assertThat(lab.get("/proxies").json()).hasSize(2);
    }

    private Reply add(String name, String listen, String more) {
        return lab.send("POST", "/proxies", body(name, listen, more));
    }

    private static String body(String name, String listen, String more) {
        return "{\"name\":\"%s\",\"listen\":\"%s\",\"upstream\":\"127.0.0.1:1\"%s}".formatted(name, listen, more);
    }

    private static String error(Reply reply) {
        return reply.json().path("error").asText();
    }

    private void assertListens(String name) {
        JsonNode proxy = lab.get("/proxies/" + name).json();
        assertThat(proxy.get("enabled").asBoolean()).isTrue();
        assertThat(proxy.get("listen").asText()).matches("127\\.0\\.0\\.1:[1-9][0-9]*");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(50, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

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
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults that end by themselves. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class TimeToLiveIT {

    private static final int TTL_MILLIS = 300;
    /** Long enough for a busy machine to do something before it is over. */
    private static final int A_WHILE_MILLIS = 1500;

    private static final String NEVER =
            "{\"name\":\"slow\",\"type\":\"latency\",\"attributes\":{\"latency\":86400000}%s}";

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
    void takesAToxicOffOnOpenConnections() throws IOException {
        try (Socket socket = lab.connect()) {
            long start = System.nanoTime();
            lab.addToxic(NEVER.formatted(",\"ttl\":" + TTL_MILLIS));

            socket.getOutputStream().write('a');

            assertThat(socket.getInputStream().read()).isEqualTo('a');
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(TTL_MILLIS));
            assertThat(lab.get("/proxies/auth/toxics").json()).isEmpty();
        }
    }

    @Test
    void leavesConnectionsAloneWhenNothingButTheTimeChanges() throws IOException {
        lab.addToxic(NEVER.formatted(""));
        try (Socket socket = lab.connect()) {
            socket.getOutputStream().write('a');

            changeToxic("{\"ttl\":60000}");
            assertSilent(socket);
            changeToxic("{}");
            assertSilent(socket);
            changeToxic("{\"ttl\":1}");

            assertThat(socket.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void enablesAProxyAgain() throws Exception {
        long start = System.nanoTime();
        change("{\"enabled\":false,\"ttl\":%d}".formatted(A_WHILE_MILLIS));
        assertThatExceptionOfType(ConnectException.class).isThrownBy(lab::connect);

        assertThat(ProxyingIT.becomesTrue(() -> proxy().get("enabled").booleanValue()))
                .isTrue();

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(A_WHILE_MILLIS));
        assertThat(proxy().has("ttl")).isFalse();
        try (Socket socket = lab.connect()) {
            socket.getOutputStream().write('a');
            assertThat(socket.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void saysWhyAProxyIsStillDisabled() throws Exception {
        change("{\"enabled\":false,\"ttl\":%d}".formatted(A_WHILE_MILLIS));
        try (ServerSocket taken = new ServerSocket(lab.port(), 1, InetAddress.getLoopbackAddress())) {

            assertThat(ProxyingIT.becomesTrue(() -> proxy().has("error"))).isTrue();

            JsonNode shown = proxy();
            assertThat(shown.get("error").asText()).contains("auth cannot listen at 127.0.0.1:" + taken.getLocalPort());
            assertThat(shown.get("enabled").booleanValue()).isFalse();
        }
        assertThat(lab.send("PATCH", "/proxies/auth", proxy().toString()).status())
                .isEqualTo(200);
        assertThat(proxy().has("error")).isFalse();
    }

    @Test
    void showsTheTimeThatIsLeftWhereThereIsOne() {
        lab.addToxic(NEVER.formatted(",\"ttl\":60000"));
        lab.addToxic("{\"type\":\"timeout\"}");
        change("{\"enabled\":false,\"ttl\":90000.0}");

        JsonNode shown = proxy();

        assertThat(shown.get("ttl").longValue()).isBetween(1L, 90_000L);
        assertThat(shown.get("toxics").get(0).get("ttl").longValue()).isBetween(1L, 60_000L);
        assertThat(shown.get("toxics").get(1).has("ttl")).isFalse();
        assertThat(lab.get("/proxies/auth/toxics/slow").json().get("ttl").longValue())
                .isBetween(1L, 60_000L);
    }

    @Test
    void takesBackWhatItShowed() {
        lab.addToxic(NEVER.formatted(",\"ttl\":60000"));
        change("{\"enabled\":false,\"ttl\":60000}");

        Reply proxy = lab.send("POST", "/proxies/auth", proxy().toString());
        Reply toxic = lab.send(
                "POST",
                "/proxies/auth/toxics/slow",
                lab.get("/proxies/auth/toxics/slow").text());

        assertThat(proxy.json().get("ttl").longValue()).isBetween(1L, 60_000L);
        assertThat(toxic.json().get("ttl").longValue()).isBetween(1L, 60_000L);
    }

    @Test
    void forgetsTheTimeWithAChangeThatNamesNone() {
        lab.addToxic(NEVER.formatted(",\"ttl\":60000"));
        change("{\"enabled\":false,\"ttl\":60000}");

        changeToxic("{\"toxicity\":0.5}");
        change("{\"enabled\":false}");

        assertThat(proxy().has("ttl")).isFalse();
        assertThat(proxy().get("toxics").get(0).has("ttl")).isFalse();
    }

    @Test
    void takesTimesForAWholeList() throws Exception {
        String listed = "[{\"name\":\"other\",\"upstream\":\"127.0.0.1:%d\",\"enabled\":false,\"ttl\":%d}]"
                .formatted(upstream.port(), TTL_MILLIS);

        Reply reply = lab.send("POST", "/populate", listed);

        assertThat(reply.json().get("proxies").get(0).get("ttl").longValue()).isBetween(1L, (long) TTL_MILLIS);
        assertThat(ProxyingIT.becomesTrue(
                        () -> lab.get("/proxies/other").json().get("enabled").booleanValue()))
                .isTrue();
    }

    private JsonNode proxy() {
        return lab.get("/proxies/auth").json();
    }

    private void change(String body) {
        assertThat(lab.send("PATCH", "/proxies/auth", body).status()).isEqualTo(200);
    }

    private void changeToxic(String body) {
        assertThat(lab.send("PATCH", "/proxies/auth/toxics/slow", body).status())
                .isEqualTo(200);
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(Lab.SILENCE_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> socket.getInputStream().read());
        socket.setSoTimeout(Lab.PATIENCE_MILLIS);
    }
}

package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.Lab.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults that begin later. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class StartDelayIT {

    private static final int DELAY_MILLIS = 300;
    /** Long enough for a busy machine to do something before it is over. */
    private static final int A_WHILE_MILLIS = 1500;

    private static final String RESET = "{\"name\":\"flaky\",\"type\":\"reset_peer\"%s}";
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
    void putsAToxicIntoEffectOnOpenConnectionsWhenTheDelayIsOver() throws IOException {
        try (Socket socket = lab.connect()) {
            assertEchoes(socket);
            long start = System.nanoTime();

            lab.addToxic(RESET.formatted(",\"delay\":" + DELAY_MILLIS));

            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> echoForever(socket));
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS));
            assertThat(lab.get("/proxies/auth/toxics/flaky").json().has("delay"))
                    .isFalse();
        }
    }

    @Test
    void doesNothingToConnectionsBeforeThat() throws IOException {
        lab.addToxic(RESET.formatted(",\"delay\":86400000"));

        try (Socket socket = lab.connect()) {
            assertEchoes(socket);
        }
        assertThat(lab.get("/proxies/auth/toxics").json()).hasSize(1);
    }

    @Test
    void takesTheToxicOffWhenTheTimeToLiveIsOverToo() throws Exception {
        long start = System.nanoTime();
        lab.addToxic(NEVER.formatted(",\"delay\":%d,\"ttl\":%d".formatted(DELAY_MILLIS, DELAY_MILLIS)));

        assertThat(ProxyingIT.becomesTrue(() -> toxics().isEmpty())).isTrue();

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(2 * DELAY_MILLIS));
        try (Socket socket = lab.connect()) {
            assertEchoes(socket);
        }
    }

    @Test
    void keepsTheOldSettingsOfAToxicUntilThen() throws Exception {
        lab.addToxic(NEVER.formatted(""));
        try (Socket socket = lab.connect()) {
            socket.getOutputStream().write('a');
            long start = System.nanoTime();

            Reply reply = lab.send(
                    "PATCH",
                    "/proxies/auth/toxics/slow",
                    "{\"attributes\":{\"latency\":1},\"delay\":%d}".formatted(DELAY_MILLIS));

            assertThat(reply.json().get("attributes").get("latency").asInt()).isEqualTo(1);
            assertThat(reply.json().get("delay").asInt()).isBetween(1, DELAY_MILLIS);
            assertThat(socket.getInputStream().read()).isEqualTo('a');
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS));
        }
    }

    @Test
    void disablesAProxyLaterAndEnablesItAgain() throws Exception {
        try (Socket open = lab.connect()) {
            assertEchoes(open);
            long start = System.nanoTime();

            change("{\"enabled\":false,\"delay\":%d,\"ttl\":%d}".formatted(A_WHILE_MILLIS, 2 * DELAY_MILLIS));
            JsonNode pending = proxy();

            assertThat(pending.get("enabled").booleanValue()).isTrue();
            assertThat(pending.get("delay").asInt()).isBetween(1, A_WHILE_MILLIS);
            assertThat(pending.get("ttl").asInt()).isEqualTo(2 * DELAY_MILLIS);
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> echoForever(open));
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(A_WHILE_MILLIS));
        }
        assertThat(ProxyingIT.becomesTrue(() -> proxy().get("enabled").booleanValue()))
                .isTrue();
        assertThat(proxy().has("delay")).isFalse();
        assertThat(proxy().has("ttl")).isFalse();
    }

    @Test
    void refusesConnectionsWhileItIsDisabled() throws Exception {
        change("{\"enabled\":false,\"delay\":%d}".formatted(A_WHILE_MILLIS));
        lab.connect().close();

        assertThat(ProxyingIT.becomesTrue(() -> !proxy().get("enabled").booleanValue()))
                .isTrue();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(lab::connect);
    }

    @Test
    void changesTheUpstreamNowThoughItIsDisabledLater() throws IOException {
        try (Upstream other = Upstream.of(socket -> socket.getOutputStream().write('b'))) {
            change("{\"upstream\":\"127.0.0.1:%d\",\"enabled\":false,\"delay\":86400000}".formatted(other.port()));

            try (Socket socket = lab.connect()) {
                assertThat(socket.getInputStream().read()).isEqualTo('b');
            }
        }
    }

    @Test
    void forgetsWhatWasToComeWithAChangeAndWithAReset() throws IOException {
        change("{\"enabled\":false,\"delay\":60000}");
        change("{\"enabled\":true}");
        boolean changed = proxy().has("delay");
        change("{\"enabled\":false,\"delay\":60000}");
        lab.addToxic(RESET.formatted(",\"delay\":60000"));

        lab.reset();

        assertThat(changed).isFalse();
        assertThat(proxy().has("delay")).isFalse();
        assertThat(toxics()).isEmpty();
    }

    @Test
    void takesBackTheToxicThatItShowed() {
        lab.addToxic(NEVER.formatted(",\"delay\":60000,\"ttl\":70000"));
        String shown = lab.get("/proxies/auth/toxics/slow").text();

        Reply reply = lab.send("POST", "/proxies/auth/toxics/slow", shown);

        assertThat(reply.json().get("delay").asInt()).isBetween(1, 60_000);
        assertThat(reply.json().get("ttl").asInt()).isEqualTo(70_000);
    }

    @Test
    void addsAProxyThatIsDisabledLater() {
        Reply reply = lab.send(
                "POST",
                "/populate",
                "[{\"name\":\"other\",\"upstream\":\"127.0.0.1:1\",\"enabled\":false,\"delay\":60000}]");

        JsonNode other = reply.json().get("proxies").get(0);
        assertThat(other.get("enabled").booleanValue()).isTrue();
        assertThat(other.get("delay").asInt()).isBetween(1, 60_000);
    }

    private JsonNode proxy() {
        return lab.get("/proxies/auth").json();
    }

    private JsonNode toxics() {
        return lab.get("/proxies/auth/toxics").json();
    }

    private void change(String body) {
        assertThat(lab.send("PATCH", "/proxies/auth", body).status()).isEqualTo(200);
    }

    /** Until the connection breaks; an answer that is late is a failure of the test. */
    private static void echoForever(Socket socket) throws IOException {
        while (true) {
            assertEchoes(socket);
        }
    }

    private static void assertEchoes(Socket socket) throws IOException {
        socket.getOutputStream().write('a');
        assertThat(socket.getInputStream().read()).isEqualTo('a');
    }
}

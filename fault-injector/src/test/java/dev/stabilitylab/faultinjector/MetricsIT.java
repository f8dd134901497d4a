package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.Lab.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
@Timeout(60)
class MetricsIT {

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
    void countsBytesAsToxiproxyDoes() throws IOException {
        exchange(1000);

        assertThat(value(bytes("received", "upstream"))).isEqualTo(1000);
        assertThat(value(bytes("sent", "upstream"))).isEqualTo(1000);
        assertThat(value(bytes("received", "downstream"))).isEqualTo(1000);
        assertThat(value(bytes("sent", "downstream"))).isEqualTo(1000);
        assertThat(text()).contains("# TYPE toxiproxy_proxy_received_bytes_total counter\n");
    }

    @Test
    void countsBytesThatWentIntoABlackholeAsReceivedOnly() throws Exception {
        lab.addToxic("{\"type\":\"timeout\"}");

        try (Socket socket = lab.connect()) {
            socket.getOutputStream().write(new byte[1000]);

            assertThat(ProxyingIT.becomesTrue(() -> value(bytes("received", "downstream")) == 1000))
                    .isTrue();
            assertThat(value(bytes("sent", "downstream"))).isZero();
        }
    }

    @Test
    void beginsToCountBytesAnewWhenAnAddressChanges() throws IOException {
        exchange(1000);
        long accepted = value("fault_injector_connections_accepted_total{proxy=\"auth\"}");
        try (Upstream other = Upstream.echo()) {
            lab.send("PATCH", "/proxies/auth", "{\"upstream\":\"127.0.0.1:%d\"}".formatted(other.port()));

            exchange(10);

            assertThat(value(bytes("received", "upstream", other.port()))).isEqualTo(10);
            assertThat(text()).doesNotContain("127.0.0.1:" + upstream.port());
            assertThat(value("fault_injector_connections_accepted_total{proxy=\"auth\"}"))
                    .isEqualTo(accepted + 1);
        }
    }

    @Test
    void keepsCountingWhenAProxyWasOff() throws IOException {
        exchange(1000);
        lab.enable(false);
        lab.enable(true);
        exchange(1000);

        assertThat(value(bytes("received", "upstream"))).isEqualTo(2000);
    }

    @Test
    void countsConnections() throws Exception {
        String open = "fault_injector_connections_open{proxy=\"auth\"}";
        try (Socket one = lab.connect();
                Socket other = lab.connect()) {
            echo(one, 1);
            echo(other, 1);

            assertThat(value(open)).isEqualTo(2);
            assertThat(value("fault_injector_connections_accepted_total{proxy=\"auth\"}"))
                    .isEqualTo(2);

            lab.enable(false);

            assertThat(value(open)).isZero();
            assertThat(value("fault_injector_connections_cut_total{proxy=\"auth\"}"))
                    .isEqualTo(2);
            assertThat(value("fault_injector_proxy_enabled{proxy=\"auth\"}")).isZero();
        }
    }

    @Test
    void countsConnectionsForWhichThereWasNoUpstream() throws IOException {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }
        lab.send("PATCH", "/proxies/auth", "{\"upstream\":\"127.0.0.1:%d\"}".formatted(nobody));

        try (Socket socket = lab.connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }

        assertThat(value("fault_injector_connections_failed_total{proxy=\"auth\"}"))
                .isEqualTo(1);
    }

    @Test
    void countsConnectionsThatToxicsHit() throws Exception {
        lab.addToxic("{\"type\":\"latency\",\"name\":\"a\",\"stream\":\"upstream\"}");
        lab.addToxic("{\"type\":\"latency\",\"name\":\"b\",\"stream\":\"upstream\"}");
        lab.addToxic("{\"type\":\"latency\",\"name\":\"c\",\"toxicity\":0}");
        exchange(1);
        assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
        try (Socket open = lab.connect()) {
            echo(open, 1);
            lab.addToxic("{\"type\":\"timeout\"}");
        }

        assertThat(value(hit("latency", "upstream"))).isEqualTo(4);
        assertThat(value(hit("timeout", "downstream"))).isEqualTo(1);
        assertThat(value(hit("latency", "downstream"))).isZero();
        assertThat(value("fault_injector_toxics{proxy=\"auth\"}")).isEqualTo(4);
    }

    @Test
    void knowsAllTypesOfToxicsFromTheStart() {
        assertThat(value(hit("latency", "upstream"))).isZero();
        assertThat(value(hit("http_status", "downstream"))).isZero();
        assertThat(value(inEffect("latency", "upstream"))).isZero();
        assertThat(value(inEffect("http_status", "downstream"))).isZero();
        assertThat(value(
                        "fault_injector_requests_hit_total{proxy=\"auth\",stream=\"downstream\",type=\"http_status\"}"))
                .isZero();
    }

    @Test
    void tellsWhichToxicsAreInEffect() {
        lab.addToxic("{\"type\":\"latency\",\"name\":\"a\"}");
        lab.addToxic("{\"type\":\"latency\",\"name\":\"b\"}");
        lab.addToxic("{\"type\":\"latency\",\"name\":\"later\",\"delay\":60000}");
        lab.addToxic("{\"type\":\"slicer\",\"stream\":\"upstream\"}");

        assertThat(value(inEffect("latency", "downstream"))).isEqualTo(2);
        assertThat(value(inEffect("latency", "upstream"))).isZero();
        assertThat(value(inEffect("slicer", "upstream"))).isEqualTo(1);
        assertThat(value("fault_injector_toxics{proxy=\"auth\"}")).isEqualTo(4);

        lab.send("DELETE", "/proxies/auth/toxics/a", "");

        assertThat(value(inEffect("latency", "downstream"))).isEqualTo(1);
    }

    @Test
    void tellsHowFarTheScheduleHasCome() throws Exception {
        assertThat(value(events("pending"))).isZero();

        lab.send("PUT", "/schedule", """
                {"events":[
                {"at":0,"reset":true},
                {"at":0,"proxy":"auth","remove":"nothing"},
                {"at":60000,"reset":true},
                {"at":60000,"reset":true}]}""");

        assertThat(ProxyingIT.becomesTrue(() -> value(events("pending")) == 2)).isTrue();
        assertThat(value(events("done"))).isEqualTo(1);
        assertThat(value(events("failed"))).isEqualTo(1);

        lab.send("DELETE", "/schedule", "");

        assertThat(value(events("pending"))).isZero();
        assertThat(value(events("cancelled"))).isEqualTo(2);
    }

    @Test
    void measuresTheLatencyThatWasAdded() throws IOException {
        lab.addToxic("{\"type\":\"latency\",\"attributes\":{\"latency\":60}}");

        exchange(1);

        String name = "fault_injector_added_latency_seconds";
        String stream = "proxy=\"auth\",stream=\"downstream\"";
        assertThat(value("%s_bucket{%s,le=\"0.05\"}".formatted(name, stream))).isZero();
        assertThat(value("%s_bucket{%s,le=\"+Inf\"}".formatted(name, stream))).isEqualTo(1);
        assertThat(value("%s_count{%s}".formatted(name, stream))).isEqualTo(1);
        assertThat(number("%s_sum{%s}".formatted(name, stream))).isGreaterThanOrEqualTo(0.059);
        assertThat(value("%s_count{%s}".formatted(name, stream.replace("down", "up"))))
                .isZero();
    }

    @Test
    void forgetsAProxyThatIsRemoved() throws IOException {
        exchange(1);
        lab.send("POST", "/proxies", "{\"name\":\"other\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\"}");
        assertThat(text()).contains("proxy=\"auth\"", "proxy=\"other\"");

        lab.send("DELETE", "/proxies/auth", "");

        assertThat(text()).doesNotContain("proxy=\"auth\"").contains("proxy=\"other\"");
    }

    @Test
    void tellsOfTheProcess() {
        assertThat(text())
                .contains(
                        "\njvm_memory_used_bytes{area=\"heap\"} ",
                        "\njvm_threads_current ",
                        "\nprocess_cpu_seconds_total ",
                        "\nfault_injector_buffers_bytes{area=\"direct\"} ");
    }

    @Test
    void isTextForPrometheusAndCanOnlyBeRead() {
        Reply post = lab.send("POST", "/metrics", "{}");

        assertThat(lab.contentTypeOf("/metrics")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text()).contains("# HELP fault_injector_connections_open ", "# TYPE");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.json().get("status").asInt()).isEqualTo(405);
        assertThat(lab.get("/metrics/").status()).isEqualTo(404);
    }

    private void exchange(int bytes) throws IOException {
        try (Socket socket = lab.connect()) {
            echo(socket, bytes);
        }
    }

    private static void echo(Socket socket, int bytes) throws IOException {
        socket.getOutputStream().write(new byte[bytes]);
        assertThat(socket.getInputStream().readNBytes(bytes)).hasSize(bytes);
    }

    private String bytes(String what, String direction) {
        return bytes(what, direction, upstream.port());
    }

    private String bytes(String what, String direction, int upstreamPort) {
        return "toxiproxy_proxy_%s_bytes_total{direction=\"%s\",listener=\"127.0.0.1:%d\",proxy=\"auth\",upstream=\"127.0.0.1:%d\"}"
                .formatted(what, direction, lab.portOf("auth"), upstreamPort);
    }

    private static String hit(String type, String stream) {
        return "fault_injector_connections_hit_total{proxy=\"auth\",stream=\"%s\",type=\"%s\"}".formatted(stream, type);
    }

    private static String inEffect(String type, String stream) {
        return "fault_injector_toxics_in_effect{proxy=\"auth\",stream=\"%s\",type=\"%s\"}".formatted(stream, type);
    }

    private static String events(String state) {
        return "fault_injector_schedule_events{state=\"%s\"}".formatted(state);
    }

    private long value(String series) {
        return (long) number(series);
    }

    private double number(String series) {
        return text().lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + text()));
    }

    private String text() {
        return lab.get("/metrics").text();
    }
}

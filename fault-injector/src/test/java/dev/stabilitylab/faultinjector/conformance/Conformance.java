package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.BareInjector;
import dev.stabilitylab.faultinjector.LeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is tested: Toxiproxy, where its URL is given, or else this fault injector. No proxy is left from one test to the next. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class Conformance {

    /** An address that nobody listens at. */
    static final String NOWHERE = "127.0.0.1:1";

    private @Nullable BareInjector ours;
    private Api api;

    @BeforeAll
    void start() throws IOException {
        String url = System.getProperty("conformance.url", "");
        if (url.isEmpty()) {
            ours = new BareInjector();
            url = "http://127.0.0.1:" + ours.controlPort();
        }
        api = new Api(url);
        removeProxies();
    }

    @AfterEach
    void removeProxies() {
        names().forEach(name -> api().delete("/proxies/" + name).require(204));
    }

    @AfterAll
    void stop() {
        if (ours != null) {
            ours.close();
        }
    }

    final Api api() {
        return api;
    }

    final List<String> names() {
        List<String> names = new ArrayList<>();
        api().get("/proxies").require(200).json().fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Adds a proxy, listening at any free port, and returns the port. */
    final int addProxy(String name, String upstream) {
        String body = "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"%s\"}".formatted(name, upstream);
        return port(api().post("/proxies", body).require(201).json());
    }

    final void addToxic(String proxy, String json) {
        api().post("/proxies/%s/toxics".formatted(proxy), json).require(200);
    }

    static String toxic(String name, Way way, String type, String attributes) {
        return "{\"name\":\"%s\",\"type\":\"%s\",\"stream\":\"%s\",\"attributes\":{%s}}"
                .formatted(name, type, way, attributes);
    }

    final JsonNode proxy(String name) {
        return api().get("/proxies/" + name).require(200).json();
    }

    static int port(JsonNode proxy) {
        String listen = proxy.get("listen").asText();
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The proxy has these fields, with these values; it may have more. */
    static void assertFields(JsonNode proxy, Map<String, Object> fields) {
        fields.forEach(
                (name, value) -> assertThat(proxy.path(name).asText()).as(name).isEqualTo(String.valueOf(value)));
    }
}

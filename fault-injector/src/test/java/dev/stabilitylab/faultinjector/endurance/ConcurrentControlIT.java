package dev.stabilitylab.faultinjector.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.BareInjector;
import dev.stabilitylab.faultinjector.LeakCheck;
import dev.stabilitylab.faultinjector.conformance.Api;
import dev.stabilitylab.faultinjector.conformance.Link;
import dev.stabilitylab.faultinjector.conformance.Server;
import dev.stabilitylab.faultinjector.conformance.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many who change the same proxies and toxics at the same time. */
@ExtendWith(LeakCheck.class)
@Timeout(120)
class ConcurrentControlIT {

    private static final int CALLERS = 8;
    private static final int CALLS = 60;
    private static final List<String> NAMES = List.of("one", "two", "three");
    /** Done, or refused since somebody else was faster. */
    private static final Set<Integer> EXPECTED = Set.of(200, 201, 204, 404, 409);

    private BareInjector injector;
    private Server server;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        injector = new BareInjector();
        server = new Server();
        api = new Api("http://127.0.0.1:" + injector.controlPort());
    }

    @AfterEach
    void stop() throws IOException {
        injector.close();
        server.close();
    }

    @Test
    void changesOneAfterTheOtherAndDisturbsNobodyElse() throws Exception {
        int port = add("bystander");
        try (ByteStream stream = new ByteStream(Link.through(port, server), Way.UPSTREAM, 1)) {
            changeAllAtOnce();

            long sent = stream.end();
            assertThat(stream.received()).isEqualTo(new ByteStream.Received(sent, Bytes.hash(1, sent), false));
        }

        assertConsistent();
        api.post("/reset", "").require(204);
        for (JsonNode proxy : assertConsistent()) {
            assertThat(proxy.get("enabled").asBoolean()).isTrue();
            assertThat(proxy.get("toxics")).isEmpty();
        }
        List<Integer> ports = new ArrayList<>();
        for (JsonNode proxy : assertConsistent()) {
            ports.add(port(proxy));
            api.delete("/proxies/" + proxy.get("name").asText()).require(204);
        }
        assertThat(ports).noneMatch(Link::accepts);
        assertThat(injector.openConnections()).isZero();
    }

    private void changeAllAtOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Future<?>> pending = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            // Nobody resets the bystander's toxics, since it has none.
            Changes changes = new Changes(api, NAMES, server.address(), caller);
            pending.add(callers.submit(() -> {
                for (int i = 0; i < CALLS; i++) {
                    Api.Reply reply = i % 3 == 0 ? changes.changeProxy() : changes.changeToxic();
                    assertThat(EXPECTED).as(reply.text()).contains(reply.status());
                }
            }));
        }
        for (Future<?> one : pending) {
            one.get();
        }
        callers.shutdown();
    }

    /** What is shown in one place is shown in the others, and is so. */
    private List<JsonNode> assertConsistent() {
        List<JsonNode> proxies = new ArrayList<>();
        api.get("/proxies").require(200).json().forEach(proxies::add);
        assertThat(proxies).extracting(proxy -> proxy.get("name").asText()).contains("bystander");
        for (JsonNode proxy : proxies) {
            String path = "/proxies/" + proxy.get("name").asText();
            assertThat(api.get(path).require(200).json()).isEqualTo(proxy);
            assertThat(api.get(path + "/toxics").require(200).json()).isEqualTo(proxy.get("toxics"));
            for (JsonNode toxic : proxy.get("toxics")) {
                assertThat(api.get(path + "/toxics/" + toxic.get("name").asText())
                                .require(200)
                                .json())
                        .isEqualTo(toxic);
            }
            boolean listens = port(proxy) != 0 && Link.accepts(port(proxy));
            assertThat(listens).isEqualTo(proxy.get("enabled").asBoolean());
        }
        return proxies;
    }

    private int add(String name) {
        String body =
                "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"%s\"}".formatted(name, server.address());
        return port(api.post("/proxies", body).require(201).json());
    }

    private static int port(JsonNode proxy) {
        String listen = proxy.get("listen").asText();
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }
}

package dev.stabilitylab.faultinjector.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.BareInjector;
import dev.stabilitylab.faultinjector.LeakCheck;
import dev.stabilitylab.faultinjector.conformance.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traffic over several proxies while toxics and proxies come, change and go, with Netty's paranoid leak detection. 10 s; in full:
 * {@code -Dsoak.seconds=300}.
 */
@ExtendWith(LeakCheck.class)
@Timeout(3600)
class SoakIT {

    private static final Logger log = LoggerFactory.getLogger(SoakIT.class);
    private static final long SECONDS = Long.getLong("soak.seconds", 10);
    private static final long SEED = Long.getLong("soak.seed", 1);
    private static final List<String> NAMES = List.of("one", "two", "three", "four");
    private static final int CLIENTS_PER_PROXY = 3;

    private final long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();

    @Test
    void endsWithNothingLeft() throws Exception {
        Resources before = Resources.now();
        Map<Visit.Outcome, Long> outcomes = new EnumMap<>(Visit.Outcome.class);
        try (Echo echo = new Echo()) {
            Resources running;
            try (BareInjector injector = new BareInjector()) {
                Api api = new Api("http://127.0.0.1:" + injector.controlPort());
                play(api, echo).forEach(outcome -> outcomes.merge(outcome, 1L, Long::sum));

                running = new Resources(Long.MAX_VALUE, Resources.now().threads());
                running.awaitReturn(injector);
            }
            new Resources(Long.MAX_VALUE, before.threads()).awaitReturn();
        }

        log.info("{} s: {}", SECONDS, outcomes);
        // Silence is rare: in a short run it may not come.
        assertThat(outcomes)
                .containsKeys(
                        EnumSet.complementOf(EnumSet.of(Visit.Outcome.SILENT)).toArray(Visit.Outcome[]::new));
        // Some descriptors are the JVM's own: files of classes that were loaded meanwhile, and the HTTP client's.
        new Resources(before.descriptors() + 10, before.threads()).awaitReturn();
    }

    private List<Visit.Outcome> play(Api api, Echo echo) throws Exception {
        for (String name : NAMES) {
            addProxy(api, name, echo.address());
        }
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<List<Visit.Outcome>>> clients = new ArrayList<>();
        for (int i = 0; i < NAMES.size() * CLIENTS_PER_PROXY; i++) {
            String name = NAMES.get(i % NAMES.size());
            long seed = SEED + i * 1_000_000L;
            clients.add(threads.submit(() -> visit(api, name, seed)));
        }
        change(new Changes(api, NAMES, echo.address(), SEED));
        List<Visit.Outcome> outcomes = new ArrayList<>();
        for (Future<List<Visit.Outcome>> client : clients) {
            outcomes.addAll(client.get());
        }
        threads.shutdown();
        return outcomes;
    }

    private void change(Changes changes) {
        while (System.nanoTime() < end) {
            for (int i = 0; i < 20; i++) {
                assertThat(changes.changeToxic().status()).isIn(200, 204, 404, 409);
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            assertThat(changes.changeProxy().status()).isIn(200, 201, 204, 404, 409);
        }
    }

    private List<Visit.Outcome> visit(Api api, String name, long seed) throws IOException {
        List<Visit.Outcome> outcomes = new ArrayList<>();
        for (long i = seed; System.nanoTime() < end; i++) {
            Api.Reply shown = api.get("/proxies/" + name);
            if (shown.status() == 200) {
                int port = port(shown.json());
                Visit.Outcome outcome = Visit.Outcome.LEFT;
                // After a cut, the proxy may be gone or somewhere else.
                for (int j = 0; j < 20 && outcome != Visit.Outcome.CUT && System.nanoTime() < end; j++) {
                    outcome = new Visit(port, i * 20 + j).call();
                    outcomes.add(outcome);
                }
            }
        }
        return outcomes;
    }

    static int addProxy(Api api, String name, String upstream) {
        String body = "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"%s\"}".formatted(name, upstream);
        return port(api.post("/proxies", body).require(201).json());
    }

    private static int port(JsonNode proxy) {
        String listen = proxy.get("listen").asText();
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }
}

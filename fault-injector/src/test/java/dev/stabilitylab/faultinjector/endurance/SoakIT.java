package dev.stabilitylab.faultinjector.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.BareInjector;
import dev.stabilitylab.faultinjector.LeakCheck;
import dev.stabilitylab.faultinjector.conformance.Api;
import dev.stabilitylab.faultinjector.endurance.Visit.Outcome;
import dev.stabilitylab.faultinjector.toxic.BufferedBytes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
 * Traffic over several proxies, of bytes and of HTTP, while toxics and proxies come, change and go, by hand and by schedules, with
 * Netty's paranoid leak detection. 10 s; in full: {@code -Dsoak.seconds=300}.
 */
@ExtendWith(LeakCheck.class)
@Timeout(3600)
class SoakIT {

    private static final Logger log = LoggerFactory.getLogger(SoakIT.class);
    private static final long SECONDS = Long.getLong("soak.seconds", 10);
    private static final long SEED = Long.getLong("soak.seed", 1);
    private static final List<String> BYTES = List.of("one", "two", "three", "four");
    private static final List<String> HTTP = List.of("five", "six", "seven", "eight");
    private static final int CLIENTS_PER_PROXY = 2;
    private static final int VISITS = 20;

    private final long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    private final Tally tally = new Tally();

    private interface Client {
        Outcome visit(int port, long seed) throws IOException;
    }

    @Test
    void endsWithNothingLeft() throws Exception {
        Resources before = Resources.now();
        try (Echo echo = new Echo();
                Pages pages = new Pages()) {
            Resources running;
            try (BareInjector injector = new BareInjector()) {
                play(new Api("http://127.0.0.1:" + injector.controlPort()), echo, pages);

                running = new Resources(Long.MAX_VALUE, Resources.now().threads());
                running.awaitReturn(injector);
                assertThat(BufferedBytes.ALL.total()).isZero();
            }
            new Resources(Long.MAX_VALUE, before.threads()).awaitReturn();
        }

        log.info("{} s: {}", SECONDS, tally);
        for (String kind : List.of("bytes", "HTTP")) {
            // Silence is rare: in a short run it may not come.
            assertThat(tally.of(kind))
                    .containsKeys(
                            EnumSet.complementOf(EnumSet.of(Outcome.SILENT)).toArray(Outcome[]::new));
        }
        assertThat(tally.untouched.sum()).isPositive();
        assertThat(tally.perhapsHit.sum()).isPositive();
        assertThat(tally.events.sum()).isPositive();
        // Some descriptors are the JVM's own: files of classes that were loaded meanwhile, and the HTTP client's.
        new Resources(before.descriptors() + 10, before.threads()).awaitReturn();
    }

    private void play(Api api, Echo echo, Pages pages) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> pending = new ArrayList<>();
        for (int i = 0; i < BYTES.size() * CLIENTS_PER_PROXY; i++) {
            String bytes = BYTES.get(i % BYTES.size());
            String http = HTTP.get(i % HTTP.size());
            if (i < BYTES.size()) {
                addProxy(api, bytes, echo.address());
                addProxy(api, http, pages.address());
            }
            long seed = SEED + i * 1_000_000L;
            pending.add(threads.submit(() -> {
                visit("bytes", api, bytes, seed, (port, one) -> new Visit(port, one).call());
                return null;
            }));
            pending.add(threads.submit(() -> {
                visit("HTTP", api, http, seed, (port, one) -> new HttpVisit(port, one, tally).call());
                return null;
            }));
        }
        pending.add(threads.submit(() -> change(new Changes(api, BYTES, echo.address(), SEED))));
        pending.add(threads.submit(() -> change(new Changes(api, HTTP, pages.address(), SEED))));
        List<String> all = new ArrayList<>(BYTES);
        all.addAll(HTTP);
        pending.add(threads.submit(() -> schedule(new Schedules(api, all, tally, SEED))));
        for (Future<?> one : pending) {
            one.get();
        }
        threads.shutdown();
    }

    private void schedule(Schedules schedules) {
        while (System.nanoTime() < end) {
            schedules.play();
        }
    }

    private void change(Changes changes) {
        while (System.nanoTime() < end) {
            for (int i = 0; i < 20; i++) {
                assertThat(changes.changeToxic().status()).isIn(200, 204, 404, 409);
                tally.changes.increment();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertThat(changes.changeProxy().status()).isIn(200, 201, 204, 404, 409);
            tally.changes.increment();
        }
    }

    private void visit(String kind, Api api, String proxy, long seed, Client client) throws IOException {
        for (long i = seed; System.nanoTime() < end; i++) {
            Api.Reply shown = api.get("/proxies/" + proxy);
            if (shown.status() == 200) {
                int port = port(shown.json());
                Outcome outcome = Outcome.LEFT;
                // After a cut, the proxy may be gone or somewhere else.
                for (int j = 0; j < VISITS && outcome != Outcome.CUT && System.nanoTime() < end; j++) {
                    outcome = client.visit(port, i * VISITS + j);
                    tally.add(kind, outcome);
                }
            }
        }
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

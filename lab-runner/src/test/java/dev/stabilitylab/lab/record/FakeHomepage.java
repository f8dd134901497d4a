package dev.stabilitylab.lab.record;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stabilitylab.lab.world.World.Instance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The two endpoints of a homepage instance that tell of its own state. */
final class FakeHomepage implements AutoCloseable {

    final AtomicInteger attempts = new AtomicInteger();
    final AtomicInteger polls = new AtomicInteger();
    volatile String state = "CLOSED";
    volatile int status = 200;

    private final List<String> transitions = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    FakeHomepage() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/actuator/upstreams",
                exchange -> answer(exchange, """
                {"upstreams": {"recommendations": {"breaker": {"state": "%s", "transitions": [%s]}},
                 "auth": {"breaker": null}}}""".formatted(state, String.join(",", transitions))));
        server.createContext("/actuator/prometheus", exchange -> {
            if (exchange.getRequestURI().getQuery().contains("capacity")) {
                answer(exchange, """
                        capacity_requests_active 3.0
                        capacity_work_seconds_sum{wanted="true"} 20.0
                        capacity_work_seconds_sum{wanted="false"} 5.0
                        """);
                return;
            }
            polls.incrementAndGet();
            answer(exchange, """
                    # TYPE api_client_attempts_seconds summary
                    api_client_attempts_seconds_count{outcome="success",upstream="recommendations"} %d
                    api_client_retries_total{cause="timed_out",upstream="recommendations"} 3.0
                    """.formatted(attempts.get()));
        });
        server.start();
    }

    Instance instance(String name) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Instance(name, url, url);
    }

    void change(Instant at, String from, String to) {
        transitions.add("{\"at\": \"%s\", \"from\": \"%s\", \"to\": \"%s\"}".formatted(at, from, to));
        state = to;
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

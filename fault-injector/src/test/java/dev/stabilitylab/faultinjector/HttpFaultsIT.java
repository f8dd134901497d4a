package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP faults as a client in common use feels them. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class HttpFaultsIT {

    /** One for all tests: Java 17's client cannot be closed. */
    private static final HttpClient CLIENT = freshClient();

    private static final String NEVER =
            "{\"name\":\"slow\",\"type\":\"http_latency\",\"attributes\":{\"latency\":86400000}%s}";

    private HttpUpstream upstream;
    private Lab lab;

    @BeforeEach
    void start() throws IOException {
        upstream = new HttpUpstream();
        lab = new Lab(upstream.port());
    }

    @AfterEach
    void stop() throws IOException {
        lab.close();
        upstream.close();
    }

    private static HttpClient freshClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private HttpRequest request(String method, String path) {
        return request(lab, method, path);
    }

    private static HttpRequest request(Lab lab, String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(lab.port(), path)))
                .timeout(Duration.ofMillis(Lab.PATIENCE_MILLIS))
                .method(method, method.equals("POST") ? BodyPublishers.ofString("hello") : BodyPublishers.noBody())
                .build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return CLIENT.send(request(method, path), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    private void add(String type, String attributes) {
        lab.addToxic("{\"type\":\"%s\",\"attributes\":{%s}}".formatted(type, attributes));
    }

    @Test
    void answersWithAStatusThatTheUpstreamNeverHearsOf() throws Exception {
        add("http_status", "\"status\":503,\"retry_after\":2,\"path\":\"/it*\"");

        HttpResponse<String> hit = get("/items");
        HttpResponse<String> posted = send("POST", "/items");
        HttpResponse<String> other = get("/chunked");

        assertThat(hit.statusCode()).isEqualTo(503);
        assertThat(hit.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(hit.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(hit.body()).contains("fault injector");
        assertThat(posted.statusCode()).isEqualTo(503);
        assertThat(other.body()).isEqualTo(HttpUpstream.CHUNKS);
        assertThat(upstream.requests()).containsExactly("GET /chunked HTTP/1.1");
        assertThat(lab.openConnections()).isEqualTo(1);
    }

    @Test
    void failsTheNextRequestsOfAllConnectionsAndThenNone() {
        add("http_status", "\"times\":7");
        List<HttpClient> clients =
                IntStream.range(0, 5).mapToObj(i -> freshClient()).toList();

        List<Integer> statuses = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            List<CompletableFuture<Integer>> pending = clients.stream()
                    .map(one -> one.sendAsync(request("GET", "/items"), BodyHandlers.discarding())
                            .thenApply(HttpResponse::statusCode))
                    .toList();
            pending.forEach(one -> statuses.add(one.join()));
        }

        assertThat(statuses).filteredOn(status -> status == 503).hasSize(7);
        assertThat(statuses.subList(10, 20)).containsOnly(200);
    }

    @Test
    void countsAnewWhenItIsSetAgain() throws Exception {
        add("http_status", "\"times\":1");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            statuses.add(get("/items").statusCode());
        }

        lab.send("PATCH", "/proxies/auth/toxics/http_status_downstream", "{}");

        assertThat(statuses).containsExactly(503, 200, 200);
        assertThat(get("/items").statusCode()).isEqualTo(503);
        assertThat(get("/items").statusCode()).isEqualTo(200);
    }

    @Test
    void hitsTheShareOfRequestsThatIsAskedForTheSameForTheSameSeed() throws Exception {
        List<Integer> first = statusesAtRate(lab);
        List<Integer> second;
        try (Lab again = new Lab(upstream.port())) {
            second = statusesAtRate(again);
        }

        // 90 expected, standard deviation 8.
        assertThat(first).filteredOn(status -> status == 500).hasSizeBetween(58, 122);
        assertThat(second).isEqualTo(first);
    }

    private static List<Integer> statusesAtRate(Lab lab) throws IOException {
        lab.addToxic("{\"type\":\"http_status\",\"attributes\":{\"status\":500,\"rate\":0.3}}");
        return statuses(lab, 300);
    }

    /** Sends that many requests on one connection, without waiting for answers. */
    private static List<Integer> statuses(Lab lab, int count) throws IOException {
        try (Socket socket = lab.connect()) {
            socket.getOutputStream()
                    .write("GET /items HTTP/1.1\r\n\r\n".repeat(count).getBytes(StandardCharsets.US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String head = HttpUpstream.readHead(in);
                HttpUpstream.readBody(head, in);
                statuses.add(Integer.parseInt(head.substring(9, 12)));
            }
            return statuses;
        }
    }

    @Test
    void delaysByPathAndMethod() throws Exception {
        add("http_latency", "\"latency\":200,\"path\":\"/items\",\"method\":\"GET\"");
        lab.addToxic("{\"name\":\"never\",\"type\":\"http_latency\","
                + "\"attributes\":{\"latency\":86400000,\"method\":\"PUT\"}}");

        long start = System.nanoTime();
        String body = get("/items").body();
        long took = System.nanoTime() - start;

        assertThat(body).isEqualTo(HttpUpstream.ITEMS);
        assertThat(took).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(get("/chunked").statusCode()).isEqualTo(200);
        assertThat(send("POST", "/items").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items", "/chunked", "/big"})
    void closesInTheMiddleOfAResponse(String path) throws Exception {
        for (String reset : List.of("0", "1")) {
            add("http_truncate", "\"bytes\":5,\"reset\":" + reset);

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(path));

            lab.removeToxic("http_truncate_downstream");
            assertThat(get("/items").body()).isEqualTo(HttpUpstream.ITEMS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items", "/chunked", "/close"})
    void corruptsTheBodyAndKeepsItsLength(String path) throws Exception {
        add("http_corrupt", "\"share\":1");

        HttpResponse<String> hit = get(path);

        assertThat(hit.body()).hasSameSizeAs(HttpUpstream.ITEMS).isNotEqualTo(HttpUpstream.ITEMS);
        assertThat(get("/none").statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items", "/chunked", "/close", "/big"})
    void replacesTheBodyByWhatIsNotJson(String path) throws Exception {
        add("http_replace", "\"path\":\"%s\"".formatted(path));

        HttpResponse<String> hit = get(path);

        assertThat(hit.statusCode()).isEqualTo(200);
        assertThat(hit.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(hit.body()).startsWith("<html>").contains("502 Bad Gateway");
        assertThat(get("/none").statusCode()).isEqualTo(204);
    }

    @Test
    void addsHeaders() throws Exception {
        add("http_headers", "\"count\":300,\"size\":200");

        HttpResponse<String> hit = get("/chunked");

        assertThat(hit.headers().map().keySet())
                .filteredOn(name -> name.startsWith("x-flood-"))
                .hasSize(300);
        assertThat(hit.body()).isEqualTo(HttpUpstream.CHUNKS);
        assertThat(lab.openConnections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items", "/chunked", "/close"})
    void dripsTheBody(String path) throws Exception {
        add("http_drip", "\"bytes\":5,\"interval\":50");

        long start = System.nanoTime();
        HttpResponse<String> hit = get(path);

        assertThat(hit.body()).startsWith("{\"items\":[").hasSameSizeAs(HttpUpstream.ITEMS);
        // 5, 5, 5 and 2 bytes.
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(150));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http_status", "http_latency", "http_corrupt", "http_replace", "http_headers", "http_drip"})
    void keepsTheConnectionThroughResponsesWithoutABody(String type) throws Exception {
        add(type, "");

        for (int i = 0; i < 3; i++) {
            assertThat(send("HEAD", "/items").body()).isEmpty();
            assertThat(get("/none").statusCode()).isIn(204, 503);
            assertThat(send("HEAD", "/chunked").body()).isEmpty();
            assertThat(send("POST", "/echo").statusCode()).isIn(200, 503);
        }

        assertThat(lab.openConnections()).isEqualTo(1);
    }

    @Test
    void givesAWholeBodyBackWhenTheDripIsTakenOff() throws Exception {
        add("http_drip", "\"bytes\":1000,\"interval\":20");
        CompletableFuture<HttpResponse<byte[]>> pending =
                CLIENT.sendAsync(request("GET", "/big"), BodyHandlers.ofByteArray());
        assertThat(ProxyingIT.becomesTrue(() -> !upstream.requests().isEmpty())).isTrue();

        lab.send("PATCH", "/proxies/auth/toxics/http_drip_downstream", "{\"attributes\":{\"bytes\":2000}}");
        lab.removeToxic("http_drip_downstream");

        assertThat(pending.join().body()).isEqualTo(HttpUpstream.big());
    }

    @Test
    void leavesAResponseAloneThatHasBegunWhenTheFaultIsAdded() throws Exception {
        HttpResponse<InputStream> pending = CLIENT.send(request("GET", "/big"), BodyHandlers.ofInputStream());

        add("http_corrupt", "\"share\":1");

        assertThat(pending.body().readAllBytes()).isEqualTo(HttpUpstream.big());
        assertThat(get("/items").body()).isNotEqualTo(HttpUpstream.ITEMS);
    }

    @Test
    void letsGoOfAHeldResponseWhenItsTimeToLiveIsOver() throws Exception {
        lab.addToxic(NEVER.formatted(",\"ttl\":300"));

        assertThat(get("/items").body()).isEqualTo(HttpUpstream.ITEMS);
        assertThat(lab.get("/proxies/auth/toxics").json()).isEmpty();
    }

    @Test
    void hitsTheShareOfConnectionsThatToxicityAsksFor() throws Exception {
        lab.addToxic("{\"type\":\"http_status\",\"toxicity\":0.5}");

        int hit = 0;
        for (int i = 0; i < 100; i++) {
            int status = statuses(lab, 1).get(0);
            hit += status == 503 ? 1 : 0;
        }

        // 50 expected, standard deviation 5.
        assertThat(hit).isBetween(30, 70);
    }

    @Test
    void sendsABigBodyThroughEveryFaultThatDoesNotTouchIt() throws Exception {
        add("http_latency", "\"latency\":20");
        add("http_headers", "\"count\":10");
        add("http_drip", "\"bytes\":1000000,\"interval\":1");

        HttpResponse<byte[]> response = CLIENT.send(request("GET", "/big"), BodyHandlers.ofByteArray());

        assertThat(response.body()).isEqualTo(HttpUpstream.big());
    }

    @Test
    void actsOnRequestsToo() throws Exception {
        lab.addToxic("{\"type\":\"http_replace\",\"stream\":\"upstream\",\"attributes\":{\"body\":\"bad\"}}");
        lab.addToxic("{\"type\":\"http_latency\",\"stream\":\"upstream\",\"attributes\":{\"latency\":300}}");

        long start = System.nanoTime();
        HttpResponse<String> response = send("POST", "/items");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(lab.get("/proxies/auth/toxics/http_latency_upstream")
                        .json()
                        .get("hits")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void cutsARequestInTheMiddle() {
        lab.addToxic("{\"type\":\"http_truncate\",\"stream\":\"upstream\",\"attributes\":{\"bytes\":2,\"reset\":1}}");

        assertThatThrownBy(() -> send("POST", "/items")).isInstanceOf(IOException.class);
    }

    @Test
    void refusesWhatCannotBe() {
        String upstreamStream = "{\"type\":\"http_status\",\"stream\":\"upstream\"}";
        String unknown = "{\"type\":\"http_status\",\"attributes\":{\"code\":500}}";

        assertThat(lab.send("POST", "/proxies/auth/toxics", upstreamStream).text())
                .contains("must be downstream", "400");
        assertThat(lab.send("POST", "/proxies/auth/toxics", unknown).text()).contains("no attribute code", "400");
    }
}

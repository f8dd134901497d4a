package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What no script of the lab's does: a fault that understands HTTP, which a schedule causes and an event that changes nothing follows. */
final class HttpFault {

    /** So long each count of events is there that Prometheus sees it. */
    private static final String SCHEDULE = """
            {"events": [
              {"at": 3000, "proxy": "popularity",
               "toxic": {"type": "http_latency", "attributes": {"latency": 20}, "ttl": 3000}},
              {"at": 8000, "proxy": "popularity", "enabled": true}]}""";

    private HttpFault() {}

    /** At the fault injector whose control API has this HOST:PORT. */
    static void scheduleAt(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/schedule"))
                .timeout(Duration.ofSeconds(10))
                .PUT(BodyPublishers.ofString(SCHEDULE))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}

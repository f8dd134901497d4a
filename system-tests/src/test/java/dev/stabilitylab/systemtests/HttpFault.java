package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What no script of the lab's does: a fault that understands HTTP. */
final class HttpFault {

    private static final String IN_A_MOMENT =
            "{\"type\": \"http_latency\", \"attributes\": {\"latency\": 20}, \"delay\": 3000, \"ttl\": 3000}";

    private HttpFault() {}

    /** At the fault injector whose control API has this HOST:PORT, on the way to popularity, for three seconds. */
    static void addAt(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/proxies/popularity/toxics"))
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString(IN_A_MOMENT))
                .build();
        HttpResponse<String> answer = PrometheusApi.HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}

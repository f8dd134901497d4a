package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Questions to a Prometheus. */
final class PrometheusApi {

    /** One for all tests: Java 17's client cannot be closed. */
    static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final URI base;

    PrometheusApi(URI base) {
        this.base = base;
    }

    /** A series and its values in order of time; gaps are left out, NaN is not. */
    record Series(Map<String, String> labels, List<Double> values) {}

    boolean isReady() {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    List<Series> range(String expression, Instant from, Instant to, Duration step) {
        JsonNode data = ask(
                "/api/v1/query_range",
                Map.of(
                        "query",
                        expression,
                        "start",
                        from.toString(),
                        "end",
                        to.toString(),
                        "step",
                        step.toMillis() + "ms"));
        List<Series> all = new ArrayList<>();
        for (JsonNode series : data.path("result")) {
            List<Double> values = new ArrayList<>();
            series.path("values").forEach(sample -> values.add(number(sample.path(1))));
            all.add(new Series(YamlFile.texts(series.path("metric")), values));
        }
        return all;
    }

    /** The value of an expression that has one series, as of now; empty when it has none. */
    OptionalDouble value(String expression) {
        JsonNode result = ask("/api/v1/query", Map.of("query", expression)).path("result");
        if (result.size() > 1) {
            throw new IllegalStateException("%s has %d series; it must be one".formatted(expression, result.size()));
        }
        return result.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(number(result.path(0).path("value").path(1)));
    }

    /** Values that a label had within a time, of the series that a selector matches. */
    List<String> labelValues(String label, String selector, Instant from, Instant to) {
        JsonNode data = ask(
                "/api/v1/label/%s/values".formatted(label),
                Map.of("match[]", selector, "start", from.toString(), "end", to.toString()));
        List<String> values = new ArrayList<>();
        data.forEach(value -> values.add(value.asText()));
        return values;
    }

    /** Numbers come as text, since JSON knows no infinity. */
    private static double number(JsonNode text) {
        return switch (text.asText()) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text.asText());
        };
    }

    private JsonNode ask(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = get(path + "?" + query);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("%s: %s".formatted(parameters, answer.body()));
        }
        try {
            return JSON.readTree(answer.body()).path("data");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private HttpResponse<String> get(String pathAndQuery) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .timeout(LIMIT)
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + request.uri(), interrupt);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

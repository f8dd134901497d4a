package dev.stabilitylab.faultinjector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpToxicTest {

    private static final RequestHead GET = new RequestHead(Messages.GET);

    static Stream<String> names() {
        return Stream.of(ToxicTypes.namesOfRequestFaults().split(", "));
    }

    @ParameterizedTest
    @MethodSource("names")
    void makesAToxicFromTheAttributesThatItShows(String name) {
        ToxicType type = ToxicTypes.find(name).orElseThrow();

        Toxic toxic = type.create(Map.of("path", "/a*", "rate", 0.5));

        assertThat(type.create(toxic.attributes())).isEqualTo(toxic).hasSameHashCodeAs(toxic);
        assertThat(toxic.attributes()).containsEntry("path", "/a*").containsEntry("rate", 0.5);
    }

    @Test
    void isAnotherToxicWhenItCounts() {
        assertThat(toxic(Map.of("times", 1))).isNotEqualTo(toxic(Map.of("times", 1)));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        "http_status",
                        "status",
                        199,
                        "status of http_status is 199; it must be a whole number from 200 to 599"),
                Arguments.of("http_status", "retry_after", -1, "retry_after of http_status is -1"),
                Arguments.of("http_status", "body", 5, "body of http_status is 5; it must be a text"),
                Arguments.of("http_status", "body", "x".repeat(65_537), "body has 65537 characters"),
                Arguments.of("http_status", "content_type", "a\r\nb", "content_type is \"a\r\nb\""),
                Arguments.of("http_status", "stauts", 503, "http_status has no attribute stauts; it has body, content"),
                Arguments.of("http_latency", "latency", -1, "latency of http_latency is -1"),
                Arguments.of("http_truncate", "reset", 2, "reset of http_truncate is 2"),
                Arguments.of("http_corrupt", "share", 1.5, "share of http_corrupt is 1.5"),
                Arguments.of("http_drip", "bytes", 0, "bytes of http_drip is 0"),
                Arguments.of("http_drip", "interval", 0, "interval of http_drip is 0"),
                Arguments.of("http_headers", "size", 15, "size of http_headers is 15"),
                Arguments.of("http_headers", "count", 10_001, "count of http_headers is 10001"),
                Arguments.of("http_replace", "rate", 2, "rate of http_replace is 2"),
                Arguments.of("http_replace", "times", -1, "times of http_replace is -1"),
                Arguments.of("http_replace", "method", "get", "method is \"get\"; it must be a method, e.g. GET"),
                Arguments.of("http_replace", "path", "items", "path is \"items\"; it must be a path"),
                Arguments.of("http_replace", "path", "/a?b", "path is \"/a?b\"; it must be a path without"),
                Arguments.of("http_replace", "header", "a b", "header is \"a b\"; it must be Name or Name: value"),
                Arguments.of("http_replace", "header", ": b", "header is \": b\""));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(String type, String attribute, Object value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToxicTypes.find(type).orElseThrow().create(Map.of(attribute, value)))
                .withMessageStartingWith(message);
    }

    @Test
    void refusesMoreHeadersThanFitIntoMemory() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ToxicTypes.find("http_headers").orElseThrow().create(Map.of("count", 10_000, "size", 1_000)))
                .withMessage("count of http_headers is 10000 and size is 1000, which are 10000000 bytes; there must be"
                        + " 1048576 at most");
    }

    static Stream<Arguments> matches() {
        return Stream.of(
                Arguments.of("method", "GET", true),
                Arguments.of("method", "POST", false),
                Arguments.of("path", "/items", true),
                Arguments.of("path", "/item", false),
                Arguments.of("path", "/items/", false),
                Arguments.of("path", "/item*", true),
                Arguments.of("path", "/items*", true),
                Arguments.of("path", "/items/*", false),
                Arguments.of("path", "*", true),
                Arguments.of("header", "x-key", true),
                Arguments.of("header", "x-ke", false),
                Arguments.of("header", "Key", false),
                Arguments.of("header", "X-Key: one", true),
                Arguments.of("header", "X-KEY:one", true),
                Arguments.of("header", "X-Key: on", false),
                Arguments.of("header", "X-Key: One", false));
    }

    @ParameterizedTest
    @MethodSource("matches")
    void matchesByMethodPathAndHeader(String attribute, String value, boolean expected) {
        HttpToxic toxic = toxic(Map.of(attribute, value));

        assertThat(toxic.hits(GET, new SplittableRandom(1))).isEqualTo(expected);
    }

    @Test
    void findsThePathOfEveryKindOfTarget() {
        assertThat(List.of("/a/b?c", "http://h:1/a/b?c", "http://h/a/b").stream()
                        .map(target -> new RequestHead("GET " + target + " HTTP/1.1\r\n\r\n").path()))
                .containsOnly("/a/b");
        assertThat(new RequestHead("GET http://h HTTP/1.1\r\n\r\n").path()).isEqualTo("/");
        assertThat(new RequestHead("OPTIONS * HTTP/1.1\r\n\r\n").path()).isEqualTo("*");
        assertThat(new RequestHead("GET /a?b=http://h/c HTTP/1.1\r\n\r\n").path())
                .isEqualTo("/a");
    }

    @Test
    void hitsTheNextRequestsThatMatchAndThenNone() {
        HttpToxic toxic = toxic(Map.of("times", 2, "path", "/items"));
        RequestHead other = new RequestHead("GET / HTTP/1.1\r\n\r\n");
        SplittableRandom random = new SplittableRandom(1);

        assertThat(Stream.of(other, GET, other, GET, GET, GET).map(request -> toxic.hits(request, random)))
                .containsExactly(false, true, false, true, false, false);
    }

    @Test
    void hitsTheShareThatIsAskedForTheSameEachTime() {
        HttpToxic toxic = toxic(Map.of("rate", 0.3));

        List<Boolean> hits = hits(toxic, 5);

        // 3,000 expected, standard deviation 46.
        assertThat(hits.stream().filter(hit -> hit).count()).isBetween(2_800L, 3_200L);
        assertThat(hits(toxic, 5)).isEqualTo(hits);
        assertThat(hits(toxic, 6)).isNotEqualTo(hits);
    }

    private static List<Boolean> hits(HttpToxic toxic, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, 10_000).mapToObj(i -> toxic.hits(GET, random)).toList();
    }

    private static HttpToxic toxic(Map<String, ?> attributes) {
        return (HttpToxic) ToxicTypes.find("http_status").orElseThrow().create(new HashMap<>(attributes));
    }
}

package dev.stabilitylab.lab.grafana;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a stand-in that answers as Grafana's documentation says. */
class AnnotationsTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.250Z");

    @RegisterExtension
    private static final WireMockExtension GRAFANA =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final List<String> progress = new CopyOnWriteArrayList<>();

    @BeforeEach
    void aGrafanaThatIsWell() {
        GRAFANA.stubFor(get("/api/health").willReturn(okJson("{\"database\": \"ok\", \"version\": \"12.3.0\"}")));
        GRAFANA.stubFor(post("/api/annotations").willReturn(okJson("{\"id\": 1, \"message\": \"Annotation added\"}")));
    }

    @Test
    void postsWhatHappensInTheOrderInWhichItHappens() throws InterruptedException {
        try (Annotations annotations = requireNonNull(at(null))) {
            annotations.variantStarted(NOON, "fail-fast");
            annotations.upstreamChanged(NOON.plusSeconds(8), "auth", true, "auth down");
            annotations.breakerChanged(NOON.plusSeconds(9), "homepage-1", "auth", "CLOSED", "HALF_OPEN");
            annotations.upstreamChanged(NOON.plusSeconds(20), "auth", false, "auth heals");
            annotations.loadChanged(NOON.plusSeconds(25), "40 visits a second");
        }

        assertThat(bodies())
                .containsExactly(
                        "{\"time\":1767355200250,\"tags\":[\"stability-lab\",\"variant\"],\"text\":\"Variant fail-fast\"}",
                        "{\"time\":1767355208250,\"tags\":[\"stability-lab\",\"fault\"],\"text\":\"auth down\"}",
                        "{\"time\":1767355209250,\"tags\":[\"stability-lab\",\"breaker\"],\"text\":\"homepage-1: breaker for auth from closed to half-open\"}",
                        "{\"time\":1767355220250,\"tags\":[\"stability-lab\",\"heal\"],\"text\":\"auth heals\"}",
                        "{\"time\":1767355225250,\"tags\":[\"stability-lab\",\"load\"],\"text\":\"40 visits a second\"}");
        assertThat(progress).isEmpty();
    }

    @Test
    void leavesNothingInATextThatGrafanaWouldTakeForHtml() throws InterruptedException {
        try (Annotations annotations = requireNonNull(at(null))) {
            annotations.variantStarted(NOON, "<b>&");
        }

        GRAFANA.verify(postRequestedFor(urlEqualTo("/api/annotations"))
                .withRequestBody(equalToJson("{\"text\": \"Variant &lt;b&gt;&amp;\"}", true, true)));
    }

    @Test
    void showsTheTokenWhereThereIsOne() throws InterruptedException {
        try (Annotations annotations = requireNonNull(at("secret"))) {
            annotations.variantStarted(NOON, "fail-fast");
        }

        GRAFANA.verify(
                postRequestedFor(urlEqualTo("/api/annotations")).withHeader("Authorization", equalTo("Bearer secret")));
    }

    @Test
    void stopsAskingAGrafanaThatRefusesThreeTimesAndSaysSoOnce() throws InterruptedException {
        GRAFANA.stubFor(post("/api/annotations").willReturn(aResponse().withStatus(403)));

        try (Annotations annotations = requireNonNull(at(null))) {
            for (int i = 0; i < 5; i++) {
                annotations.variantStarted(NOON, "fail-fast");
            }
        }

        assertThat(bodies()).hasSize(3);
        assertThat(progress)
                .containsExactly(
                        "No more annotations: Grafana does not take them (java.io.IOException: POST %s/api/annotations answers 403)."
                                .formatted(GRAFANA.baseUrl()));
    }

    @Test
    void doesWithoutWhenSomethingElseIsAtTheAddress() throws InterruptedException {
        GRAFANA.stubFor(get("/api/health").willReturn(okJson("{\"status\": \"UP\"}")));

        assertThat(at(null)).isNull();
        assertThat(progress).singleElement().asString().contains("No annotations", GRAFANA.baseUrl());
    }

    @Test
    void doesWithoutWhenNobodyIsThere() throws InterruptedException {
        assertThat(Annotations.at(URI.create("http://127.0.0.1:1"), null, progress::add))
                .isNull();
        assertThat(progress).singleElement().asString().contains("there is no Grafana at http://127.0.0.1:1");
    }

    private @Nullable Annotations at(@Nullable String token) throws InterruptedException {
        return Annotations.at(URI.create(GRAFANA.baseUrl()), token, progress::add);
    }

    private static List<String> bodies() {
        return GRAFANA.findAll(postRequestedFor(urlEqualTo("/api/annotations"))).stream()
                .map(request -> request.getBodyAsString())
                .toList();
    }
}

package dev.stabilitylab.lab.world.control;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stabilitylab.lab.script.Fault.Down;
import dev.stabilitylab.lab.script.Fault.Errors;
import dev.stabilitylab.lab.script.TimelineEvent.Heal;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.script.TimelineEvent.OfUpstream;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WireTimelineTest {

    private static final String KEEPALIVE = "/schedule/keepalive";
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final List<OfUpstream> OUTAGE =
            List.of(new Inject(FIRST, "auth", new Down(1)), new Heal(Duration.ofSeconds(2), "auth"));

    @RegisterExtension
    private static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private InjectorClient injector;

    @BeforeEach
    void anInjector() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        ControlCalls calls = new ControlCalls(
                new ControlHttp(Duration.ofSeconds(10)), ControlCalls.retries(3, Duration.ofMillis(1)));
        injector = new InjectorClient(calls, URI.create(SERVER.baseUrl()));
    }

    @Test
    void waitsUntilWhatIsDueIsDone() {
        WireTimeline timeline = WireTimeline.start(injector, OUTAGE, () -> Duration.ZERO);
        SERVER.stubFor(post(KEEPALIVE)
                .inScenario("outage")
                .whenScenarioStateIs(STARTED)
                .willReturn(okJson(schedule("pending", "pending")))
                .willSetStateTo("down"));
        SERVER.stubFor(post(KEEPALIVE)
                .inScenario("outage")
                .whenScenarioStateIs("down")
                .willReturn(okJson(schedule("done", "pending"))));

        timeline.await(FIRST);

        assertThat(requests())
                .containsExactly("DELETE /schedule", "PUT /schedule", "POST " + KEEPALIVE, "POST " + KEEPALIVE);
    }

    @Test
    void postsItAgainWhenThatTookLong() {
        Iterator<Integer> millis = List.of(-2000, -1990, -1500, -1400, -1390).iterator();

        WireTimeline timeline = WireTimeline.start(injector, OUTAGE, () -> Duration.ofMillis(millis.next()));

        assertThat(requests())
                .containsExactly("DELETE /schedule", "PUT /schedule", "DELETE /schedule", "PUT /schedule");
        assertThat(new RequestLog(SERVER).bodies().get(1)).contains("\"at\":2990");
        assertThat(new RequestLog(SERVER).bodies().get(3)).contains("\"at\":2400");
        SERVER.stubFor(post(KEEPALIVE).willReturn(okJson("""
                {"state": "running", "events": [{"at": 2400, "proxy": "auth", "state": "done"},
                                                {"at": 3400, "proxy": "auth", "state": "pending"}]}
                """)));
        timeline.await(FIRST);
    }

    @Test
    void doesNotPostItAgainInTheLastMoment() {
        AtomicInteger seconds = new AtomicInteger(-6);

        WireTimeline.start(injector, OUTAGE, () -> Duration.ofSeconds(seconds.getAndIncrement()));

        assertThat(requests()).hasSize(6);
    }

    @Test
    void saysWhatCouldNotBeDone() {
        WireTimeline timeline = WireTimeline.start(injector, OUTAGE, () -> Duration.ZERO);
        SERVER.stubFor(
                post(KEEPALIVE).willReturn(okJson(schedule("failed\", \"error\": \"its port is taken", "pending"))));

        assertThatThrownBy(() -> timeline.await(FIRST))
                .isInstanceOf(WorldException.class)
                .hasMessage(
                        "The fault injector could not do to auth what was due at 1000 ms of its schedule: its port is taken");
    }

    @Test
    void doesNotMindAToxicThatIsGoneAlready() {
        WireTimeline timeline = WireTimeline.start(injector, OUTAGE, () -> Duration.ZERO);
        SERVER.stubFor(post(KEEPALIVE).willReturn(okJson(schedule("failed\", \"remove\": \"lab-1", "pending"))));

        timeline.await(FIRST);

        assertThat(requests()).hasSize(3);
    }

    @Test
    void noticesThatItWasCancelled() {
        WireTimeline timeline = WireTimeline.start(injector, OUTAGE, () -> Duration.ZERO);
        SERVER.stubFor(post(KEEPALIVE).willReturn(okJson("{\"state\": \"cancelled\", \"events\": []}")));

        assertThatThrownBy(() -> timeline.await(FIRST))
                .isInstanceOf(WorldException.class)
                .hasMessageContaining("was cancelled");
    }

    @Test
    void asksTheInjectorForNothingWhenAllHappensInsideServices() {
        WireTimeline timeline =
                WireTimeline.start(injector, List.of(new Inject(FIRST, "auth", new Errors(1))), () -> Duration.ZERO);

        timeline.await(FIRST);
        timeline.keepAlive();

        assertThat(requests()).isEmpty();
    }

    @Test
    void isNotKeptAliveMoreOftenThanNeeded() {
        WireTimeline timeline = WireTimeline.start(injector, OUTAGE, () -> Duration.ZERO);

        timeline.keepAlive();

        assertThat(requests()).containsExactly("DELETE /schedule", "PUT /schedule");
    }

    private static String schedule(String first, String second) {
        return """
                {"state": "running", "events": [
                  {"at": 1000, "proxy": "auth", "state": "%s"},
                  {"at": 2000, "proxy": "auth", "state": "%s"}]}
                """.formatted(first, second);
    }

    private static List<String> requests() {
        return new RequestLog(SERVER).requests();
    }
}

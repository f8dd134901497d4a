package dev.stabilitylab.lab.world.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.script.Fault.Blackhole;
import dev.stabilitylab.lab.script.Fault.Down;
import dev.stabilitylab.lab.script.Fault.Errors;
import dev.stabilitylab.lab.script.Fault.Latency;
import dev.stabilitylab.lab.script.TimelineEvent.Heal;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.script.TimelineEvent.OfUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleEventsTest {

    @Test
    void disablesAProxyForAnUpstreamThatIsDownForAll() {
        assertThat(events(inject(2, "auth", new Down(1)), heal(5, "auth")))
                .containsExactly(
                        Map.of("at", 2000L, "proxy", "auth", "enabled", false),
                        Map.of("at", 5000L, "proxy", "auth", "enabled", true));
    }

    @Test
    void resetsAShareOfTheConnectionsOfAnUpstreamThatIsDownForSome() {
        assertThat(toxic(new Down(0.3)))
                .containsEntry("type", "reset_peer")
                .containsEntry("stream", "upstream")
                .containsEntry("toxicity", 0.3)
                .containsEntry("attributes", Map.of("timeout", 0));
    }

    @Test
    void neverLetsABlackholeEnd() {
        assertThat(toxic(new Blackhole(1)))
                .containsEntry("type", "timeout")
                .containsEntry("attributes", Map.of("timeout", 0));
    }

    @Test
    void delaysAnswers() {
        assertThat(toxic(new Latency(Duration.ofSeconds(1), Duration.ofMillis(20), 0.5)))
                .containsEntry("type", "latency")
                .containsEntry("stream", "downstream")
                .containsEntry("toxicity", 0.5)
                .containsEntry("attributes", Map.of("latency", 1000L, "jitter", 20L));
    }

    @Test
    void addsTheNewFaultBeforeTheOldOneGoes() {
        List<Map<String, Object>> events = events(
                inject(1, "auth", new Blackhole(1)),
                inject(2, "auth", new Down(0.5)),
                inject(3, "auth", new Down(1)),
                heal(4, "auth"));

        assertThat(events)
                .extracting(event -> event.get("at"), ScheduleEventsTest::action)
                .containsExactly(
                        tuple(1000L, "toxic lab-1"),
                        tuple(2000L, "toxic lab-2"),
                        tuple(2000L, "remove lab-1"),
                        tuple(3000L, "enabled false"),
                        tuple(3000L, "remove lab-2"),
                        tuple(4000L, "enabled true"));
    }

    @Test
    void enablesAProxyOnlyWhenTheNextFaultIsThere() {
        assertThat(events(inject(1, "auth", new Down(1)), inject(2, "auth", new Blackhole(1))))
                .extracting(ScheduleEventsTest::action)
                .containsExactly("enabled false", "toxic lab-2", "enabled true");
    }

    @Test
    void endsAFaultOnTheWireWhenTheServiceBreaksInItsPlace() {
        assertThat(events(inject(1, "auth", new Down(1)), inject(2, "auth", new Errors(1)), heal(3, "auth")))
                .extracting(ScheduleEventsTest::action)
                .containsExactly("enabled false", "enabled true");
    }

    @Test
    void hasNothingToDoForAServiceThatBreaksFromInside() {
        assertThat(events(inject(1, "auth", new Errors(1)), heal(2, "auth"))).isEmpty();
    }

    @Test
    void keepsUpstreamsApart() {
        assertThat(events(
                        inject(1, "auth", new Blackhole(1)),
                        inject(2, "popularity", new Blackhole(1)),
                        heal(3, "auth")))
                .extracting(event -> event.get("proxy"), ScheduleEventsTest::action)
                .containsExactly(
                        tuple("auth", "toxic lab-1"),
                        tuple("popularity", "toxic lab-2"),
                        tuple("auth", "remove lab-1"));
    }

    @Test
    void countsFromTheTimelinesOwnStart() {
        List<Map<String, Object>> events =
                ScheduleEvents.of(List.of(inject(0, "auth", new Down(1)), heal(5, "auth")), Duration.ofMillis(7));

        assertThat(events).extracting(event -> event.get("at")).containsExactly(0L, 4993L);
    }

    private static List<Map<String, Object>> events(OfUpstream... timeline) {
        return ScheduleEvents.of(List.of(timeline), Duration.ZERO);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> toxic(Fault fault) {
        return (Map<String, Object>)
                requireNonNull(events(inject(1, "auth", fault)).get(0).get("toxic"));
    }

    private static String action(Map<String, Object> event) {
        if (event.get("toxic") instanceof Map<?, ?> toxic) {
            return "toxic " + toxic.get("name");
        }
        return event.containsKey("remove") ? "remove " + event.get("remove") : "enabled " + event.get("enabled");
    }

    private static Inject inject(int second, String upstream, Fault fault) {
        return new Inject(Duration.ofSeconds(second), upstream, fault);
    }

    private static Heal heal(int second, String upstream) {
        return new Heal(Duration.ofSeconds(second), upstream);
    }
}

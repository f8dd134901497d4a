package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import dev.stabilitylab.lab.record.UpstreamsView.Change;
import dev.stabilitylab.lab.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceLogTest {

    private static final Change OPENED =
            new Change("recommendations", Instant.parse("2026-11-23T15:00:01Z"), "CLOSED", "OPEN");
    private static final Change PROBED =
            new Change("recommendations", Instant.parse("2026-11-23T15:00:03Z"), "OPEN", "HALF_OPEN");

    private final ManualTime time = new ManualTime();
    private final InstanceLog log = new InstanceLog("homepage-1", time.clock(), RunListener.NONE);

    @Test
    void keepsEachTransitionOnceAtTheTimeThatTheInstanceTells() {
        time.skip(Duration.ofMillis(1050));
        log.addChanges(List.of(OPENED));
        time.skip(Duration.ofSeconds(7));
        log.addChanges(List.of(OPENED, PROBED));

        assertThat(log.transitions())
                .containsExactly(
                        new BreakerTransition(Duration.ofSeconds(1), "homepage-1", "recommendations", "CLOSED", "OPEN"),
                        new BreakerTransition(
                                Duration.ofSeconds(3), "homepage-1", "recommendations", "OPEN", "HALF_OPEN"));
    }

    @Test
    void tellsOfATransitionWhenItIsNew() {
        List<String> heard = new ArrayList<>();
        InstanceLog watched = new InstanceLog("homepage-1", time.clock(), new RunListener() {
            @Override
            public void breakerChanged(Instant at, String instance, String upstream, String from, String to) {
                heard.add("%s %s %s %s to %s".formatted(at, instance, upstream, from, to));
            }
        });

        watched.addChanges(List.of(OPENED));
        watched.addChanges(List.of(OPENED, PROBED));
        watched.addChanges(List.of(OPENED, PROBED));

        assertThat(heard).containsExactly("2026-11-23T15:00:03Z homepage-1 recommendations OPEN to HALF_OPEN");
    }

    @Test
    void goesOnCountingWhenAnInstanceWasStartedAgain() {
        log.addSample("a", Map.of(), new ClientMetrics(Map.of("auth", Map.of("success", 7L)), Map.of()));
        log.addSample("b", Map.of(), new ClientMetrics(Map.of("auth", Map.of("success", 2L)), Map.of()));

        assertThat(log.samples())
                .extracting(InstanceSample::attempts)
                .containsExactly(Map.of("auth", Map.of("success", 7L)), Map.of("auth", Map.of("success", 9L)));
    }

    @Test
    void forgetsTheBreakersOfAnInstanceThatHasNotAnsweredLately() {
        log.addSample("a", Map.of("recommendations", "OPEN"), new ClientMetrics(Map.of(), Map.of()));

        time.skip(Duration.ofSeconds(1));
        assertThat(log.lastBreakers(Duration.ofSeconds(1))).contains(Map.of("recommendations", "OPEN"));

        time.skip(Duration.ofNanos(1));
        assertThat(log.lastBreakers(Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void hasNoBreakersBeforeTheFirstSample() {
        assertThat(log.lastBreakers(Duration.ofSeconds(1))).isEmpty();
    }
}

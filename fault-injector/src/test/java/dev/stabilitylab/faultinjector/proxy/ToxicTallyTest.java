package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ToxicTallyTest {

    private final List<Strike> told = new ArrayList<>();
    private long nanos;
    private final ToxicTally tally = new ToxicTally("auth", told::add, () -> nanos);
    private final AppliedToxic slow = slow();

    private static AppliedToxic slow() {
        ToxicType type = ToxicTypes.find("latency").orElseThrow();
        return new AppliedToxic("slow", type, Direction.DOWNSTREAM, 1, type.create(Map.of()));
    }

    @Test
    void tellsWhatWasHit() {
        tally.hit(slow, 7, () -> Map.of("request", "GET / HTTP/1.1"));

        assertThat(told)
                .containsExactly(new Strike(Strike.Kind.HIT, "auth", slow, 7, Map.of("request", "GET / HTTP/1.1"), 0));
        assertThat(tally.hits()).isOne();
    }

    @Test
    void countsAllAndTellsUpToARate() {
        for (int i = 0; i < 25; i++) {
            tally.hit(slow, i, Map::of);
        }
        nanos = TimeUnit.SECONDS.toNanos(1);
        tally.hit(slow, 25, Map::of);

        assertThat(tally.hits()).isEqualTo(26);
        assertThat(told).hasSize(ToxicTally.MAX_TOLD + 1);
        assertThat(told.get(ToxicTally.MAX_TOLD).connection()).isEqualTo(25);
        assertThat(told.get(ToxicTally.MAX_TOLD).untold()).isEqualTo(25 - ToxicTally.MAX_TOLD);
    }

    @Test
    void countsByReasonWhereItCannotAct() {
        tally.inert(slow, 1, "tls");
        tally.inert(slow, 2, "tls");
        tally.inert(slow, 3, "http2");

        assertThat(tally.inert()).containsExactly(Map.entry("http2", 1L), Map.entry("tls", 2L));
        assertThat(tally.hits()).isZero();
        assertThat(told).extracting(Strike::kind).containsOnly(Strike.Kind.INERT);
        assertThat(told).extracting(Strike::details).startsWith(Map.of("reason", "tls"));
    }
}

package dev.stabilitylab.apiclient.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.apiclient.internal.core.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attempts whose answers come about when their time is over, more at once than there are connections, cancelled at random. */
@Timeout(1800)
class WireStormIT {

    private static final Logger LOG = LoggerFactory.getLogger(WireStormIT.class);
    private static final int ATTEMPTS = Integer.getInteger("storm.attempts", 60_000) / 3;
    private static final long MILLISECOND = 1_000_000;

    private final LongAccumulator latest = new LongAccumulator(Math::max, 0);

    @ParameterizedTest
    @CsvSource({"2, 4, 1", "10, 14, 2", "50, 60, 6"})
    void endsEveryAttemptOnceAndLeavesNothingBehind(int connections, int threads, int shortestMillis) throws Exception {
        storm(1000, connections, threads, shortestMillis * MILLISECOND);
        long openFiles = Storm.openFiles();

        long start = System.nanoTime();
        Storm storm = storm(ATTEMPTS, connections, threads, shortestMillis * MILLISECOND);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        LOG.info(
                "{} attempts over {} connections in {}: {}, at most {} µs late",
                ATTEMPTS,
                connections,
                taken,
                storm.endings(),
                latest.get() / 1000);
        assertThat(storm.endings()).containsKeys("Answered", "Lost", "Expired", "NoConnectionFree", "Cancelled");
        await().untilAsserted(() -> assertThat(Storm.openFiles()).isLessThanOrEqualTo(openFiles));
    }

    private Storm storm(int attempts, int connections, int threads, long shortest) throws Exception {
        Storm storm = new Storm();
        try (StormServer server = new StormServer(connections, 4 * shortest);
                Wire wire = new Wire(
                        server.url(),
                        new Wire.Limits(connections, 1000, Duration.ofMillis(500), Duration.ofMillis(500)))) {
            storm.blow(
                    attempts,
                    threads,
                    connections,
                    (number, random) -> attempt(wire, number, shortest + random.nextLong(2 * shortest)));

            assertThat(storm.defects()).isEmpty();
            assertThat(storm.endings().values().stream()
                            .mapToLong(count -> count)
                            .sum())
                    .isEqualTo(attempts);
            assertThat(server.requests()).isLessThanOrEqualTo(attempts);
            ConnectionCounts counts = wire.connections();
            assertThat(counts).isEqualTo(new ConnectionCounts(0, counts.idle(), 0, connections));
            assertThat(counts.idle()).isLessThanOrEqualTo(connections);
        }
        return storm;
    }

    private String attempt(Wire wire, int number, long limit) {
        Request request = new Request("GET", "/" + number, List.of(), null);
        long expiresAt = System.nanoTime() + limit;
        Reply reply = wire.send(request, Duration.ofSeconds(1), expiresAt);
        long late = System.nanoTime() - expiresAt;
        latest.accumulate(late);
        if (reply instanceof Reply.Answered answered) {
            assertThat(answered.response().text()).isEqualTo("[" + number + "]");
        } else if (reply instanceof Reply.Expired) {
            assertThat(late).isNotNegative();
        } else if (reply instanceof Reply.NoConnectionFree) {
            assertThat(late).isGreaterThanOrEqualTo(-limit / 2 - 1);
        } else if (reply instanceof Reply.Cancelled) {
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } else {
            assertThat(reply).isInstanceOf(Reply.Lost.class);
        }
        return reply.getClass().getSimpleName();
    }
}

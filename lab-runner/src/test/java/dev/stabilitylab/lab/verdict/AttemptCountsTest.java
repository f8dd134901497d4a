package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.record.Recording.InstanceSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttemptCountsTest {

    private static final Duration START = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    @Test
    void takesTheLastSampleAtOrBeforeABound() {
        AttemptCounts counts = counts(sample(0, 10), sample(1000, 20), sample(1900, 35), sample(2100, 99));

        assertThat(counts.sent(SECOND, TWO_SECONDS)).hasValue(15);
    }

    @Test
    void takesTheFirstSampleWhenThereIsNoneBefore() {
        AttemptCounts counts = counts(sample(90, 10), sample(990, 20));

        assertThat(counts.sent(START, SECOND)).hasValue(10);
    }

    @Test
    void doesNotKnowWhatNoSampleTells() {
        assertThat(counts().sent(START, SECOND)).isEmpty();
        assertThat(counts(sample(90, 10)).sent(START, SECOND)).isEmpty();
        assertThat(counts(sample(90, 10), sample(1500, 20)).sent(START, SECOND)).isEmpty();
        assertThat(counts(sample(90, 10), sample(500, 20)).sent(SECOND, TWO_SECONDS))
                .isEmpty();
    }

    @Test
    void doesNotTakeTheAttemptsOfOneInstanceForThoseOfAll() {
        AttemptCounts counts =
                counts(sample(0, 0), sample(1000, 10), sample("homepage-2", 0, 0), sample("homepage-2", 1500, 40));

        assertThat(counts.sent(START, SECOND)).isEmpty();
    }

    @Test
    void countsWithoutAnInstanceThatIsGoneOrNotThereYet() {
        AttemptCounts counts = counts(
                sample(1000, 10),
                sample(2000, 20),
                sample("gone", 0, 5),
                sample("gone", 900, 7),
                sample("to come", 2500, 9),
                sample("to come", 2600, 9));

        assertThat(counts.sent(SECOND, TWO_SECONDS)).hasValue(10);
    }

    @Test
    void countsEveryKindOfFailureButNotWhatWasNeverSent() {
        Map<String, Long> outcomes = Map.of(
                "success",
                1L,
                "connection_failed",
                2L,
                "timed_out",
                4L,
                "server_error",
                8L,
                "bad_response",
                16L,
                "rejected",
                32L,
                "breaker_open",
                64L,
                "bulkhead_full",
                128L,
                "connection_lost",
                256L);

        AttemptCounts counts = counts(
                sample(0, 0),
                new InstanceSample(SECOND, "homepage-1", Map.of(), Map.of("recommendations", outcomes), Map.of()));

        assertThat(counts.sent(START, SECOND)).hasValue(63 + 256);
        assertThat(counts.failed(START, SECOND)).hasValue(30 + 256);
    }

    @Test
    void countsNothingOfUpstreamsThatAreWhole() {
        AttemptCounts counts = new AttemptCounts(List.of(sample(0, 10), sample(1000, 20)), Set.of("popularity"));

        assertThat(counts.sent(START, SECOND)).hasValue(0);
    }

    private static AttemptCounts counts(InstanceSample... samples) {
        return new AttemptCounts(List.of(samples), Set.of("recommendations"));
    }

    private static InstanceSample sample(long atMs, long successes) {
        return sample("homepage-1", atMs, successes);
    }

    private static InstanceSample sample(String instance, long atMs, long successes) {
        return new InstanceSample(
                Duration.ofMillis(atMs),
                instance,
                Map.of(),
                Map.of("recommendations", Map.of("success", successes)),
                Map.of());
    }
}

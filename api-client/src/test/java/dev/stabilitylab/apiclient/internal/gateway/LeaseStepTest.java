package dev.stabilitylab.apiclient.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Leased;
import dev.stabilitylab.apiclient.Outcome.Success;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeaseStepTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Failure GONE = new Failure.ConnectionFailed("auth", new IOException("refused"));
    private static final Failure NO = new Failure.Rejected("auth", 401);
    private static final LeaseKey ADA = key("ada");
    private static final LeaseKey BOB = key("bob");

    private long now;
    private final LeaseStep lease = new LeaseStep(new Policy.Lease(MINUTE, 3), () -> now);

    static Stream<Failure> whatMayBeStoodInFor() {
        return Stream.of(
                GONE,
                new Failure.TimedOut("auth", MINUTE),
                new Failure.ServerError("auth", 503, Duration.ZERO),
                new Failure.BadResponse("auth", "null"),
                new Failure.Throttled("auth", Duration.ZERO),
                new Failure.BreakerOpen("auth", MINUTE),
                new Failure.BulkheadFull("auth", 1),
                new Failure.DeadlineExceeded("auth", MINUTE));
    }

    @ParameterizedTest
    @MethodSource("whatMayBeStoodInFor")
    void standsInWhenTheUpstreamCannotBeAsked(Failure failure) {
        answered(ADA);
        pass(Duration.ofSeconds(59));

        assertThat(failed(ADA, failure)).isEqualTo(new Leased<>("yes", Duration.ofSeconds(59), failure));
    }

    static Stream<Failure> whatIsNeverStoodInFor() {
        return Stream.of(
                NO,
                new Failure.Rejected("auth", 403),
                new Failure.Rejected("auth", 404),
                new Failure.Rejected("auth", 302),
                new Failure.Cancelled("auth"));
    }

    @ParameterizedTest
    @MethodSource("whatIsNeverStoodInFor")
    void keepsOutOfItWhenTheUpstreamSaysNoOrTheCallerGivesUp(Failure failure) {
        answered(ADA);

        assertThat(failed(ADA, failure)).isEqualTo(new Failed<>(failure));
    }

    @Test
    void endsWithItsDuration() {
        answered(ADA);
        pass(MINUTE);

        assertThat(failed(ADA, GONE)).isEqualTo(new Failed<>(GONE));
    }

    @Test
    void isNotProlongedByBeingUsed() {
        answered(ADA);
        pass(Duration.ofSeconds(40));
        failed(ADA, GONE);
        pass(Duration.ofSeconds(40));

        assertThat(failed(ADA, GONE)).isEqualTo(new Failed<>(GONE));
    }

    @Test
    void countsFromTheStartOfTheCallThatBroughtTheAnswer() {
        lease.run(ADA, () -> {
            pass(Duration.ofSeconds(30));
            return new Success<>("yes", 200);
        });
        pass(Duration.ofSeconds(30));

        assertThat(failed(ADA, GONE)).isEqualTo(new Failed<>(GONE));
    }

    @Test
    void belongsToItsKeyAlone() {
        answered(ADA);

        assertThat(failed(BOB, GONE)).isEqualTo(new Failed<>(GONE));
        assertThat(failed(null, GONE)).isEqualTo(new Failed<>(GONE));
    }

    @Test
    void neverServesWhoWasNeverLetIn() {
        failed(ADA, NO);

        assertThat(failed(ADA, GONE)).isEqualTo(new Failed<>(GONE));
    }

    @Test
    void isOverOnceTheUpstreamHasSaidNo() {
        answered(ADA);
        failed(ADA, NO);

        assertThat(failed(ADA, GONE)).isEqualTo(new Failed<>(GONE));
    }

    @Test
    void comesBackWithTheNextYes() {
        answered(ADA);
        failed(ADA, NO);
        pass(Duration.ofSeconds(1));
        answered(ADA);

        assertThat(failed(ADA, GONE)).isInstanceOf(Leased.class);
    }

    @Test
    void isNotBroughtBackByALateYesToACallFromBeforeTheNo() {
        lease.run(ADA, () -> {
            pass(Duration.ofSeconds(1));
            failed(ADA, NO);
            pass(Duration.ofSeconds(1));
            return new Success<>("yes", 200);
        });

        assertThat(failed(ADA, GONE)).isEqualTo(new Failed<>(GONE));
    }

    @Test
    void keepsTheNewerOfTwoAnswersThatCameOutOfOrder() {
        lease.run(ADA, () -> {
            pass(Duration.ofSeconds(10));
            answered(ADA);
            return new Success<>("an older yes", 200);
        });

        assertThat(failed(ADA, GONE)).isEqualTo(new Leased<>("yes", Duration.ZERO, GONE));
    }

    @Test
    void forgetsThoseThatWereNotUsedForLongest() {
        answered(ADA);
        answered(BOB);
        failed(ADA, GONE);
        answered(key("cleo"));
        answered(key("dana"));

        assertThat(failed(ADA, GONE)).isInstanceOf(Leased.class);
        assertThat(failed(BOB, GONE)).isEqualTo(new Failed<>(GONE));
    }

    @Test
    void keepsThoseWhoAreKnownHoweverManyAreRefused() {
        answered(ADA);
        for (int stranger = 0; stranger < 1000; stranger++) {
            failed(key("stranger-" + stranger), NO);
        }

        assertThat(failed(ADA, GONE)).isInstanceOf(Leased.class);
    }

    private void answered(LeaseKey key) {
        lease.run(key, () -> new Success<>("yes", 200));
    }

    private Outcome<String> failed(@Nullable LeaseKey key, Failure failure) {
        return lease.run(key, () -> new Failed<>(failure));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static LeaseKey key(String user) {
        return new LeaseKey("POST", URI.create("http://auth/authenticate"), String.class, user);
    }
}

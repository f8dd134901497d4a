package dev.stabilitylab.apiclient.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Headers;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Answer;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Ask;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Happened;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Running;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Upstream;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Watcher;
import dev.stabilitylab.apiclient.internal.policy.Jitter;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.PolicyRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/**
 * Random calls, policies and upstreams against {@link ReferenceModel}, about a million events. A failure names the seed of its scenario;
 * {@code -Dmodel.seed=N -Dmodel.events=1} runs that one again, and a higher {@code model.events} runs more scenarios from there.
 */
@Timeout(1800)
class CoreModelTest {

    private static final long FIRST_SEED = Long.getLong("model.seed", 1);
    private static final long EVENTS = Long.getLong("model.events", 1_000_000);

    @Test
    void decidesEveryCallAsTheReferenceModelDoes() {
        long events = 0;
        for (long seed = FIRST_SEED; events < EVENTS; seed++) {
            Scenario scenario = new Scenario(seed);
            try {
                scenario.run();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("scenario -Dmodel.seed=" + seed + " after " + scenario, failed);
            }
            events += scenario.events;
        }
        assertThat(events).isGreaterThanOrEqualTo(EVENTS);
    }

    /** One seed: a few hundred calls or a few thousand, and a policy that changes now and then. */
    private static final class Scenario implements Upstream, Watcher {

        private static final long MILLISECOND = 1_000_000;
        private static final List<Jitter> JITTERS = List.of(Jitter.values());

        private final SplittableRandom random;
        private final VirtualWorld world;
        private final Map<Pipeline, ReferenceModel> models = new HashMap<>();
        private final List<Running> calls = new ArrayList<>();
        private final long lateness;
        private final int cancelled;
        private final int abandoned;
        private ReferenceModel model;
        private int answers;
        private int events;
        private int mood;

        Scenario(long seed) {
            random = new SplittableRandom(seed);
            lateness = oneIn(3) ? 0 : 5 * MILLISECOND;
            cancelled = random.nextInt(3, 200);
            abandoned = random.nextInt(2, 100);
            Policy policy = policy();
            world = new VirtualWorld(origin(), policy, this, this, new Dice(random.split()));
            model = new ReferenceModel(world, lateness);
            models.put(world.pipeline(), model);
        }

        void run() {
            int number = random.nextInt(10) == 0 ? 3000 : random.nextInt(20, 600);
            long gap = random.nextLong(1, 200) * MILLISECOND / (random.nextBoolean() ? 1 : 20);
            long at = 0;
            for (int i = 0; i < number; i++) {
                at += oneIn(3) ? 0 : random.nextLong(gap);
                world.after(at, this::begin);
                if (oneIn(100)) {
                    world.after(at, () -> mood = random.nextInt(4));
                }
                if (oneIn(400)) {
                    world.after(at, this::switchPolicy);
                }
            }
            world.run();
            models.values().forEach(ReferenceModel::checkTheEnd);
        }

        private void switchPolicy() {
            world.use(policy());
            model = new ReferenceModel(world, lateness);
            models.put(world.pipeline(), model);
        }

        private void begin() {
            Running call = world.begin(ask());
            calls.add(call);
            if (oneIn(cancelled)) {
                world.after(someTime(), call::cancel);
            }
            if (oneIn(abandoned)) {
                world.after(someTime(), call::abandon);
            }
            if (oneIn(20)) {
                world.after(someTime(), call::wakeUp);
            }
            if (oneIn(50)) {
                Running other = calls.get(random.nextInt(calls.size()));
                world.after(0, other::cancel);
            }
        }

        private Ask ask() {
            Long left = null;
            if (oneIn(3)) {
                // Over already, over at once, or with all the time that the policy gives, to the nanosecond.
                Policy policy = world.pipeline().policy();
                left = switch (random.nextInt(6)) {
                    case 0 -> -random.nextLong(10 * MILLISECOND);
                    case 1 -> random.nextLong(2 * MILLISECOND);
                    case 2 -> policy.attemptTimeout().toNanos() - random.nextInt(2);
                    case 3 -> policy.deadline().toNanos();
                    default -> random.nextLong(policy.deadline().toNanos() * 2);
                };
            }
            String kind = oneIn(20) ? "b" : "a";
            StaleKey key = oneIn(3) ? null : new StaleKey("GET", "/", "caller" + random.nextInt(8));
            return new Ask(!oneIn(4), left, response -> read(response, kind), key, oneIn(3) ? this::standIn : null);
        }

        private String standIn(Failure failure) {
            if (oneIn(50)) {
                throw new ReferenceModel.BrokenFallback(failure);
            }
            return "stands in";
        }

        private static String read(Response response, String kind) throws ResponseReader.Unreadable {
            String text = response.text();
            if (text.equals("broken")) {
                throw new ReferenceModel.BrokenReader();
            }
            if (!text.startsWith(kind)) {
                throw new ResponseReader.Unreadable("not of kind " + kind);
            }
            return text;
        }

        @Override
        public Answer receives(Running call) {
            long timeout = world.pipeline().policy().attemptTimeout().toNanos();
            long latency = switch (mood) {
                case 0 -> random.nextLong(timeout / 4 + 1);
                case 1 -> random.nextLong(timeout + 1);
                case 2 -> random.nextLong(4 * timeout);
                default -> oneIn(3) ? 0 : random.nextLong(timeout / 10 + 1);
            };
            return new Answer(latency, mood == 3 || oneIn(5) ? anyReply() : success());
        }

        private Reply success() {
            String body = (oneIn(30) ? "b" : "a") + answers++ + (oneIn(50) ? "x".repeat(2000) : "");
            return answered(200, body, Headers.NONE);
        }

        private Reply anyReply() {
            return switch (random.nextInt(20)) {
                case 0, 1 -> new Reply.NotConnected(new IOException("refused"));
                case 2 -> new Reply.Lost(new IOException("reset"));
                case 3 -> new Reply.Garbled("not HTTP");
                case 4 -> new Reply.NoConnectionFree(1);
                case 5 -> new Reply.Cancelled();
                case 6 -> new Reply.Expired();
                case 7 -> answered(200, "unreadable", Headers.NONE);
                case 8 -> oneIn(5) ? answered(200, "broken", Headers.NONE) : success();
                case 9 -> answered(302, "", Headers.NONE);
                case 10 -> oneIn(4) ? answered(404, "", Headers.NONE) : success();
                case 11 -> answered(408, "", Headers.NONE);
                case 12 -> answered(429, "", retryAfter());
                case 13 -> answered(501, "", Headers.NONE);
                case 14 -> answered(503, "", retryAfter());
                case 15 -> answered(504, "", Headers.NONE);
                default -> answered(500, "", Headers.NONE);
            };
        }

        private Headers retryAfter() {
            String value = random.nextInt(5) == 0 ? "999999999" : oneIn(3) ? "soon" : "" + random.nextInt(3);
            return name -> name.equals("Retry-After") ? List.of(value) : List.of();
        }

        private static Reply answered(int status, String body, Headers headers) {
            return new Reply.Answered(new Response(status, headers, body.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public long wakeUpTime() {
            return lateness > 0 && oneIn(3) ? random.nextLong(lateness) : 0;
        }

        private Policy policy() {
            Duration attempt = millis(oneIn(10) ? 1 : random.nextInt(1, 400));
            Duration deadline = oneIn(4) ? attempt : attempt.plus(duration(5_000));
            Policy policy = new Policy(
                    millis(1),
                    attempt,
                    deadline,
                    oneIn(4) ? null : retry(),
                    null,
                    oneIn(4) ? null : breaker(),
                    oneIn(3) ? null : new Policy.Bulkhead(random.nextInt(1, oneIn(4) ? 500 : 6), waitOrNone(600)),
                    oneIn(3) ? null : stale());
            if (policy.retry() != null && oneIn(2)) {
                policy = withBudget(policy, new Policy.RetryBudget(percentage(), random.nextInt(1, oneIn(2) ? 3 : 50)));
            }
            assertThat(PolicyRules.violations(policy)).isEmpty();
            return policy;
        }

        private static Policy withBudget(Policy policy, Policy.RetryBudget budget) {
            return new Policy(
                    policy.connectTimeout(),
                    policy.attemptTimeout(),
                    policy.deadline(),
                    policy.retry(),
                    budget,
                    policy.circuitBreaker(),
                    policy.bulkhead(),
                    policy.staleIfError());
        }

        private Policy.Retry retry() {
            Duration wait = waitOrNone(100);
            return new Policy.Retry(
                    random.nextInt(1, oneIn(5) ? 100 : 6),
                    wait,
                    1 + random.nextInt(3) * random.nextDouble(),
                    wait.plus(waitOrNone(1000)),
                    JITTERS.get(random.nextInt(JITTERS.size())));
        }

        private Policy.CircuitBreaker breaker() {
            boolean counts = random.nextBoolean();
            return new Policy.CircuitBreaker(
                    random.nextBoolean() ? Policy.BreakerPosition.INSIDE_RETRY : Policy.BreakerPosition.OUTSIDE_RETRY,
                    counts ? Policy.WindowType.COUNT_BASED : Policy.WindowType.TIME_BASED,
                    oneIn(20) ? 10_000 : random.nextInt(1, 20),
                    random.nextInt(1, 15),
                    (float) percentage(),
                    oneIn(3) ? (float) percentage() : 100,
                    duration(300),
                    duration(1000),
                    oneIn(3) ? 1 : random.nextInt(1, 12),
                    duration(1000));
        }

        private Policy.StaleIfError stale() {
            DataSize size = oneIn(2) ? DataSize.ofKilobytes(random.nextInt(1, 4)) : DataSize.ofMegabytes(100);
            return new Policy.StaleIfError(duration(10_000), size);
        }

        private double percentage() {
            double[] some = {0.1, 1, 10, 12.5, 33.333, 50, 50, 90, 100};
            return some[random.nextInt(some.length)];
        }

        /** From a millisecond, and not always whole ones. */
        private Duration duration(int most) {
            Duration whole = millis(random.nextInt(1, most));
            return oneIn(4) ? whole.plusNanos(random.nextInt(1_000_000)) : whole;
        }

        private Duration waitOrNone(int most) {
            return oneIn(3) ? Duration.ZERO : duration(most);
        }

        private static Duration millis(long number) {
            return Duration.ofMillis(number);
        }

        private long someTime() {
            return random.nextLong(world.pipeline().policy().deadline().toNanos());
        }

        /** What System.nanoTime() may be: anything, about to overflow included. */
        private long origin() {
            return switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> Long.MAX_VALUE - random.nextLong(20_000 * MILLISECOND);
                case 2 -> -random.nextLong(20_000 * MILLISECOND);
                default -> random.nextLong();
            };
        }

        private boolean oneIn(int number) {
            return random.nextInt(number) == 0;
        }

        @Override
        public void begins(Running call) {
            model.begins(call);
        }

        @Override
        public void decided(Running call, Happened happened, @Nullable Reply reply, Action action) {
            events++;
            ReferenceModel.of(call).decided(call, happened, reply, action);
        }

        @Override
        public void threw(Running call, Happened happened, @Nullable Reply reply, Throwable thrown) {
            events++;
            ReferenceModel.of(call).threw(call, happened, reply, thrown);
        }

        @Override
        public void abandoned(Running call) {
            events++;
            ReferenceModel.of(call).abandoned(call);
        }

        @Override
        public void attempted(Running call, Outcome<?> outcome, long nanos) {
            ReferenceModel.of(call).attempted(outcome, nanos);
        }

        @Override
        public void retried(Running call) {
            ReferenceModel.of(call).retried();
        }

        @Override
        public void retryRefused(Running call) {
            ReferenceModel.of(call).retryRefused();
        }

        @Override
        public String toString() {
            return events + " events with " + world.pipeline().policy();
        }
    }

    /** Chance for the core. Never so near to zero that a wait of that length is none. */
    private record Dice(SplittableRandom random) implements RandomGenerator {

        @Override
        public long nextLong() {
            return random.nextLong();
        }

        @Override
        public double nextDouble() {
            return Math.max(1e-3, random.nextDouble());
        }
    }
}

package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.stabilitylab.lab.script.Claim.BreakerState;
import dev.stabilitylab.lab.script.Claim.EveryBreaker;
import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.script.Simulation.Variant;
import dev.stabilitylab.lab.script.TimelineEvent.Heal;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.script.TimelineEvent.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptReaderTest {

    @TempDir
    private Path folder;

    @Test
    void readsEverySection() {
        Simulation simulation = ScriptFixture.read(folder, ScriptFixture.GOOD);

        assertThat(simulation.name()).isEqualTo("test");
        assertThat(simulation.title()).isEqualTo("A test");
        assertThat(simulation.source()).isEqualTo(folder.resolve("test.yml"));
        assertThat(simulation.system().homepages()).isEqualTo(2);
        assertThat(simulation.system().settings())
                .isEqualTo(Map.of("recommendations", Map.of("service-kit.capacity.service-time", "80ms")));
        assertThat(simulation.load())
                .isEqualTo(new LoadSpec.Closed(8, Duration.ZERO, Duration.ofSeconds(10), "Token 0x132"));
        assertThat(simulation.warmUp()).isEqualTo(Duration.ofSeconds(6));
        assertThat(simulation.duration()).isEqualTo(Duration.ofSeconds(36));
        assertThat(simulation.timeline())
                .containsExactly(
                        new Inject(Duration.ofSeconds(8), "recommendations", new Fault.Down(1)),
                        new Heal(Duration.ofSeconds(20), "recommendations"));
        assertThat(simulation.phases())
                .containsExactly(
                        new Phase("before", Duration.ZERO, Duration.ofSeconds(8)),
                        new Phase("end of outage", Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    @Test
    void readsVariantsInTheirOrder() {
        Simulation simulation = ScriptFixture.read(folder, ScriptFixture.GOOD);

        assertThat(simulation.variants()).extracting(Variant::name).containsExactly("unprotected", "fail-fast");
        assertThat(simulation.variants().get(0).description()).isEqualTo("Nothing helps.");
        assertThat(simulation.variants().get(1).policies()).isEmpty();
        assertThat(simulation.variants().get(1).expectations())
                .containsExactly(
                        new Expectation("every breaker closed", 32, new EveryBreaker(BreakerState.CLOSED, null)));
    }

    @Test
    void passesPoliciesCompleteAndInTheShapeOfTheServices() {
        Simulation simulation = ScriptFixture.read(folder, ScriptFixture.GOOD);

        assertThat(simulation.variants().get(0).policies())
                .containsOnlyKeys(PolicyTarget.ofHomepage("recommendations"))
                .extractingByKey(PolicyTarget.ofHomepage("recommendations"))
                .extracting(PolicySpec::settings, as(InstanceOfAssertFactories.map(String.class, Object.class)))
                .containsOnly(
                        entry("connect-timeout", "1s"),
                        entry("attempt-timeout", "1500ms"),
                        entry("deadline", "0ms"),
                        entry(
                                "retry",
                                Map.of(
                                        "max-attempts", 4,
                                        "wait-duration", "1500ms",
                                        "exponential-backoff-multiplier", 2.0,
                                        "exponential-max-wait-duration", "2s",
                                        "jitter", "equal")),
                        entry(
                                "circuit-breaker",
                                Map.of(
                                        "position",
                                        "inside-retry",
                                        "sliding-window-type",
                                        "count-based",
                                        "sliding-window-size",
                                        5,
                                        "minimum-number-of-calls",
                                        5,
                                        "failure-rate-threshold",
                                        100.0,
                                        "slow-call-rate-threshold",
                                        100.0,
                                        "slow-call-duration-threshold",
                                        "60s",
                                        "wait-duration-in-open-state",
                                        "2s",
                                        "permitted-number-of-calls-in-half-open-state",
                                        1,
                                        "max-wait-duration-in-half-open-state",
                                        "5s")));
    }

    @Test
    void hasDefaultsForWhatIsMissing() {
        Simulation simulation = ScriptFixture.read(folder, """
                title: Short
                load: {open: {rate: 0.5}}
                duration: 1m
                variants: {only: {}}
                """);

        assertThat(simulation.system()).isEqualTo(new Simulation.SystemSpec(1, Map.of()));
        assertThat(simulation.load())
                .isEqualTo(
                        new LoadSpec.Open(0.5, LoadSpec.Arrival.POISSON, 1000, Duration.ofSeconds(10), "Token 0x132"));
        assertThat(simulation.warmUp()).isEqualTo(Duration.ofSeconds(5));
        assertThat(simulation.timeline()).isEmpty();
        assertThat(simulation.phases()).isEmpty();
        assertThat(simulation.variants()).containsExactly(new Variant("only", "", null, Map.of(), List.of()));
    }

    @Test
    void readsOpenLoad() {
        String script = ScriptFixture.with(
                "closed: {users: 8, think-time: 0ms}", "open: {rate: 100, arrival: fixed, max-in-flight: 50}");

        Simulation simulation =
                ScriptFixture.read(folder, script.replace("patience: 10s", "patience: 2s\n  authorization: Token 7"));

        assertThat(simulation.load())
                .isEqualTo(new LoadSpec.Open(100, LoadSpec.Arrival.FIXED, 50, Duration.ofSeconds(2), "Token 7"));
    }

    @Test
    void readsReloadsAndGroups() {
        String script = ScriptFixture.with("  patience: 10s\n", """
                  authorization: Token 7
                  reloads: {max: 3, pause: 100ms}
                  groups:
                    known: {share: 62.5%}
                    newcomers: {share: 25 %, authorization: Token 0x203, from: 10s}
                    strangers: {share: 12.5%, authorization: Token 0xdead, from: 0s}
                """);

        LoadSpec load = ScriptFixture.read(folder, script).load();

        assertThat(load.reloads()).isEqualTo(new LoadSpec.Reloads(3, Duration.ofMillis(100)));
        assertThat(load.groups())
                .containsExactly(
                        new LoadSpec.Group("known", 0.625, "Token 7", null),
                        new LoadSpec.Group("newcomers", 0.25, "Token 0x203", Duration.ofSeconds(10)),
                        new LoadSpec.Group("strangers", 0.125, "Token 0xdead", Duration.ZERO));
    }

    @Test
    void hasOneGroupOfUsersWhoNeverReloadWhenALoadSaysNothingOfThem() {
        LoadSpec load = ScriptFixture.read(folder, ScriptFixture.GOOD).load();

        assertThat(load.reloads()).isNull();
        assertThat(load.groups()).containsExactly(new LoadSpec.Group("everybody", 1, "Token 0x132", null));
    }

    @Test
    void readsTheLoadOfAVariantInPlaceOfTheScripts() {
        String script =
                ScriptFixture.with("  fail-fast:\n", "  fail-fast:\n    load: {open: {rate: 40}, patience: 2s}\n");

        Simulation simulation = ScriptFixture.read(folder, script);

        LoadSpec own = new LoadSpec.Open(40, LoadSpec.Arrival.POISSON, 1000, Duration.ofSeconds(2), "Token 0x132");
        assertThat(simulation.variants()).extracting(Variant::load).containsExactly(null, own);
        assertThat(simulation.variants()).extracting(simulation::loadOf).containsExactly(simulation.load(), own);
    }

    @Test
    void watchesTheBrokenUpstreamsUnlessItSaysWhich() {
        String watching = ScriptFixture.with("load:\n", "watched: [popularity, auth]\nload:\n");

        assertThat(ScriptFixture.read(folder, ScriptFixture.GOOD).watched()).containsExactly("recommendations");
        assertThat(ScriptFixture.read(folder, watching).watched()).containsExactly("popularity", "auth");
    }

    @Test
    void letsExpectationsSpeakOfWatchedUpstreamsThatNothingBreaks() {
        Simulation simulation = ScriptFixture.read(folder, """
                title: Calm
                watched: [auth]
                load: {closed: {users: 1}}
                duration: 1m
                variants: {only: {expect: [every breaker closed, attempts a visit in whole run = 1]}}
                """);

        assertThat(simulation.variants().get(0).expectations()).hasSize(2);
    }

    @Test
    void readsChangesOfTheRate() {
        Simulation simulation = ScriptFixture.read(folder, """
                title: A crowd
                load: {open: {rate: 10}}
                duration: 1m
                timeline:
                  - {at: 8s, rate: 40/s}
                  - {at: 20s, rate: 12.5 /s}
                variants: {only: {}}
                """);

        assertThat(simulation.timeline())
                .containsExactly(new Rate(Duration.ofSeconds(8), 40), new Rate(Duration.ofSeconds(20), 12.5));
        assertThat(simulation.timeline())
                .extracting(TimelineEvent::text)
                .containsExactly("40 visits a second", "12.5 visits a second");
        assertThat(simulation.watched()).isEmpty();
    }

    @Test
    void readsEveryKindOfFault() {
        String script = ScriptFixture.with("  - {at: 8s, fault: down, upstream: recommendations}\n", """
                  - {at: 0, fault: blackhole, upstream: auth, probability: 0.5}
                  - {at: 8s, fault: latency, upstream: recommendations, latency: 200ms, jitter: 50ms}
                  - {at: 9s, fault: slow, upstream: recommendations, latency: 7500ms, jitter: 2.5s, probability: 0.3}
                  - {at: 10s, fault: slow, upstream: popularity, latency: 1s}
                  - {at: 11s, fault: errors, upstream: auth, probability: 0.05}
                """);

        Simulation simulation = ScriptFixture.read(folder, script);

        assertThat(simulation.timeline())
                .startsWith(
                        new Inject(Duration.ZERO, "auth", new Fault.Blackhole(0.5)),
                        new Inject(
                                Duration.ofSeconds(8),
                                "recommendations",
                                new Fault.Latency(Duration.ofMillis(200), Duration.ofMillis(50), 1)),
                        new Inject(
                                Duration.ofSeconds(9),
                                "recommendations",
                                new Fault.Slow(Duration.ofMillis(7500), Duration.ofMillis(2500), 0.3)),
                        new Inject(
                                Duration.ofSeconds(10),
                                "popularity",
                                new Fault.Slow(Duration.ofSeconds(1), Duration.ZERO, 1)),
                        new Inject(Duration.ofSeconds(11), "auth", new Fault.Errors(0.05)));
    }

    @Test
    void acceptsAFaultThatIsNeverHealed() {
        Simulation simulation =
                ScriptFixture.read(folder, ScriptFixture.with("  - {at: 20s, heal: recommendations}\n", ""));

        assertThat(simulation.timeline()).hasSize(1);
    }

    @Test
    void ignoresAByteOrderMark() {
        Simulation simulation = ScriptFixture.read(folder, "\uFEFF" + ScriptFixture.GOOD);

        assertThat(simulation.title()).isEqualTo("A test");
    }

    @Test
    void reportsAllProblemsAtOnceInTheOrderOfLines() {
        String script = ScriptFixture.GOOD
                .replace("homepages: 2", "homepages: 9")
                .replace("duration: 36s", "duration: soon")
                .replace("upstream: recommendations", "upstream: recomendations")
                .replace("title: A test", "titel: A test");

        List<String> problems = ScriptFixture.problems(folder, script);

        assertThat(problems)
                .containsExactly(
                        "test.yml:1: titel is not a key that scripts have; did you mean title?",
                        "test.yml:1: title is missing",
                        "test.yml:3: system.homepages is 9; it must be a whole number from 1 to 8",
                        "test.yml:10: duration is soon; it must be a duration with its unit, such as 80ms, 1.5s or 2m",
                        "test.yml:12: timeline[1].upstream is recomendations; there is no such upstream;"
                                + " did you mean recommendations?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recommendations-outage", "recommendations-blackhole"})
    void readsTheScriptsOfThisProject(String name) {
        Simulation simulation = ScriptReader.read(Path.of("..", "simulations", name + ".yml"));

        assertThat(simulation.name()).isEqualTo(name);
        assertThat(simulation.variants())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(variant -> assertThat(variant.expectations()).isNotEmpty());
    }
}

package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of mistake is one problem that names its line, its key, its value and the limit. */
class BadScriptTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource({
        "keysAndTypes",
        "systems",
        "watched",
        "loads",
        "reloads",
        "groups",
        "durations",
        "timelines",
        "phases",
        "variants",
        "policies",
        "staleIfError"
    })
    void refuses(String from, String to, String problem) {
        List<String> problems = ScriptFixture.problems(folder, ScriptFixture.with(from, to));

        assertThat(problems).containsExactly("test.yml:" + problem);
    }

    static Stream<Arguments> keysAndTypes() {
        return Stream.of(
                bad("warm-up: 6s", "warmup: 6s", "9: warmup is not a key that scripts have; did you mean warm-up?"),
                bad(
                        "warm-up: 6s",
                        "colour: red",
                        "9: colour is not a key that scripts have; known are title, system, watched, load, warm-up, duration,"
                                + " timeline, phases, variants"),
                bad("warm-up: 6s", "warm-up: 6s\nwarm-up: 7s", "10: warm-up is there twice; it stands in line 9 too"),
                bad("warm-up: 6s", "[a]: 6s", "9: a key is a list or a mapping; it must be text"),
                bad("title: A test\n", "", "1: title is missing"),
                bad("title: A test", "title: 42", "1: title is 42; it must be text; put it in quotes"),
                bad("title: A test", "title:", "1: title is empty; it must be text"),
                bad("title: A test", "title: ''", "1: title is empty; it must be one line of text"),
                bad("title: A test", "title: [a]", "1: title is a list; it must be text"),
                bad("title: A test", "title: \"a\\e[31m\"", "1: title is a?[31m; it must be one line of text"),
                bad(
                        "  patience: 10s\n",
                        "  patience: 10s\n  1: 2\n",
                        "9: load.1 is not a key that scripts have;"
                                + " known are closed, open, patience, authorization, reloads, groups"));
    }

    static Stream<Arguments> systems() {
        String service = "recommendations: {service-kit.capacity.service-time: 80ms}";
        return Stream.of(
                bad("homepages: 2", "homepages: 0", "3: system.homepages is 0; it must be a whole number from 1 to 8"),
                bad(
                        "homepages: 2",
                        "homepages: 1.5",
                        "3: system.homepages is 1.5; it must be a whole number from 1 to 8"),
                bad(
                        "homepages: 2",
                        "homepages: '2'",
                        "3: system.homepages is 2; it must be a whole number from 1 to 8"),
                bad(
                        service,
                        "popularty: {a.b: 1}",
                        "5: system.settings.popularty is not a key that scripts have; did you mean popularity?"),
                bad(service, "auth: 5", "5: system.settings.auth is 5; it must be a mapping of keys to values"),
                bad(
                        service,
                        "auth: {a.b: [1]}",
                        "5: system.settings.auth.a.b is a list; it must be text, a number, true or false"),
                bad(
                        service,
                        "auth: {a b: 1}",
                        "5: system.settings.auth.a b is 1; its key is not the name of a property, such as"
                                + " service-kit.capacity.service-time"));
    }

    static Stream<Arguments> loads() {
        String closed = "closed: {users: 8, think-time: 0ms}";
        return Stream.of(
                bad("users: 8", "users: 0", "7: load.closed.users is 0; it must be a whole number from 1 to 5000"),
                bad(
                        "users: 8",
                        "users: 5001",
                        "7: load.closed.users is 5001; it must be a whole number from 1 to 5000"),
                bad(
                        "users: 8",
                        "users: many",
                        "7: load.closed.users is many; it must be a whole number from 1 to 5000"),
                bad("users: 8", "users: 0x8", "7: load.closed.users is 0x8; it must be a whole number from 1 to 5000"),
                bad("users: 8, ", "", "7: load.closed.users is missing"),
                bad(closed, "authorization: Token 1", "7: load.closed or open is missing"),
                bad(
                        closed,
                        closed + "\n  open: {rate: 1}",
                        "8: load.closed and open are there together; one of them must go"),
                bad(
                        closed,
                        "open: {rate: 0}",
                        "7: load.open.rate is 0; it must be a number of requests a second, above 0 and up to 5000"),
                bad(
                        closed,
                        "open: {rate: 5000.5}",
                        "7: load.open.rate is 5000.5; it must be a number of requests a second, above 0 and up to 5000"),
                bad(
                        closed,
                        "open: {rate: .inf}",
                        "7: load.open.rate is .inf; it must be a number of requests a second, above 0 and up to 5000"),
                bad(
                        closed,
                        "open: {rate: 1, arrival: bursts}",
                        "7: load.open.arrival is bursts; it must be one of fixed, poisson"),
                bad(
                        closed,
                        "open: {rate: 1, max-in-flight: 0}",
                        "7: load.open.max-in-flight is 0; it must be a whole number from 1 to 10000"),
                bad(
                        "patience: 10s",
                        "authorization: Tokén",
                        "8: load.authorization is Tokén; it must be up to 1000 characters of ASCII"),
                bad("patience: 10s", "patience: 0s", "8: load.patience is 0s; it must be from 1ms to 5m"));
    }

    static Stream<Arguments> watched() {
        return Stream.of(
                bad("load:\n", "watched: []\nload:\n", "6: watched is empty; it must name at least one upstream"),
                bad("load:\n", "watched: auth\nload:\n", "6: watched is auth; it must be a list"),
                bad(
                        "load:\n",
                        "watched: [homepage]\nload:\n",
                        "6: watched[1] is homepage; there is no such upstream; known are auth, recommendations,"
                                + " popularity"),
                bad("load:\n", "watched: [auth, auth]\nload:\n", "6: watched[2] is auth; it is there already"));
    }

    static Stream<Arguments> reloads() {
        return Stream.of(
                badLoad("reloads: {pause: 1s}", "9: load.reloads.max is missing"),
                badLoad("reloads: {max: 3}", "9: load.reloads.pause is missing"),
                badLoad(
                        "reloads: {max: 0, pause: 1s}",
                        "9: load.reloads.max is 0; it must be a whole number from 1 to 10"),
                badLoad(
                        "reloads: {max: 11, pause: 1s}",
                        "9: load.reloads.max is 11; it must be a whole number from 1 to 10"),
                badLoad("reloads: {max: 3, pause: 0s}", "9: load.reloads.pause is 0s; it must be from 1ms to 1m"),
                badLoad("reloads: {max: 3, pause: 61s}", "9: load.reloads.pause is 61s; it must be from 1ms to 1m"),
                badLoad(
                        "reloads: {max: 3, pause: 1s, jitter: full}",
                        "9: load.reloads.jitter is not a key that scripts have; known are max, pause"),
                badLoad("reloads: 3", "9: load.reloads is 3; it must be a mapping of keys to values"));
    }

    static Stream<Arguments> groups() {
        return Stream.of(
                badLoad("groups: {}", "9: load.groups has 0 groups; it must have from 1 to 10"),
                badLoad(
                        "groups: {%s}"
                                .formatted(IntStream.rangeClosed(1, 11)
                                        .mapToObj("g%d: {share: 1%%}"::formatted)
                                        .collect(Collectors.joining(", "))),
                        "9: load.groups has 11 groups; it must have from 1 to 10"),
                badLoad(
                        "groups: {known: {share: 80%}, strangers: {share: 19.5%}}",
                        "9: load.groups has shares that add up to 99.5%; they must add up to 100%"),
                badLoad(
                        "groups: {known: {share: 80%}, strangers: {share: 30%}}",
                        "9: load.groups has shares that add up to 110%; they must add up to 100%"),
                badLoad("groups: {known: {share: 80%}, strangers: {}}", "9: load.groups.strangers.share is missing"),
                badLoad(
                        "groups: {known: {share: 0%}}",
                        "9: load.groups.known.share is 0%; it must be a share of all visits, above 0% and up to 100%"),
                badLoad(
                        "groups: {known: {share: 101%}}",
                        "9: load.groups.known.share is 101%; it must be a share of all visits, above 0% and up to 100%"),
                badLoad(
                        "groups: {known: {share: 1}}",
                        "9: load.groups.known.share is 1; it must be a share of all visits, above 0% and up to 100%"),
                badLoad(
                        "groups: {Known: {share: 100%}}",
                        "9: load.groups.Known is not a name for a group; it must be up to 40 small letters, digits"
                                + " and hyphens"),
                badLoad("groups: {known: all}", "9: load.groups.known is all; it must be a mapping of keys to values"),
                badLoad(
                        "groups: {known: {share: 100%, authorization: Tokén}}",
                        "9: load.groups.known.authorization is Tokén; it must be up to 1000 characters of ASCII"),
                badLoad(
                        "groups: {known: {share: 50%, from: 1s}, strangers: {share: 50%, from: 1s}}",
                        "9: load.groups.known.from is 1s; the first group is there from the start, in place of those"
                                + " that come later; remove it"),
                badLoad(
                        "groups: {known: {share: 50%}, strangers: {share: 50%, from: 36s}}",
                        "9: load.groups.strangers.from is 36s; it must be before the end of the recording, 36s"));
    }

    static Stream<Arguments> durations() {
        String unit = "; it must be a duration with its unit, such as 80ms, 1.5s or 2m";
        return Stream.of(
                bad("warm-up: 6s", "warm-up: -6s", "9: warm-up is -6s; it must not be negative"),
                bad("warm-up: 6s", "warm-up: 6", "9: warm-up is 6" + unit),
                bad("warm-up: 6s", "warm-up: 6 seconds", "9: warm-up is 6 seconds" + unit),
                bad("warm-up: 6s", "warm-up:", "9: warm-up is empty" + unit),
                bad("warm-up: 6s", "warm-up: {a: 1}", "9: warm-up is a mapping" + unit),
                bad("warm-up: 6s", "warm-up: 99999999999h", "9: warm-up is 99999999999h" + unit),
                bad("warm-up: 6s", "warm-up: 0.5ms", "9: warm-up is 0.5ms; it must be a whole number of milliseconds"),
                bad("warm-up: 6s", "warm-up: 11m", "9: warm-up is 11m; it must be from 0s to 10m"),
                bad("duration: 36s", "duration: 61m", "10: duration is 61m; it must be from 1s to 1h"));
    }

    static Stream<Arguments> timelines() {
        String fault = "{at: 8s, fault: down, upstream: recommendations}";
        return Stream.of(
                bad(
                        "fault: down",
                        "fault: donw",
                        "12: timeline[1].fault is donw; there is no such fault; did you mean down?"),
                bad(
                        "fault: down",
                        "fault: flood",
                        "12: timeline[1].fault is flood; there is no such fault; known are down, blackhole, latency, slow, errors"),
                bad(
                        "upstream: recommendations",
                        "upstream: homepage",
                        "12: timeline[1].upstream is homepage; there is no such upstream; known are auth,"
                                + " recommendations, popularity"),
                bad(
                        "fault: down",
                        "fault: down, probability: 0",
                        "12: timeline[1].probability is 0; it must be a share of connections or requests, above 0 and up to 1"),
                bad(
                        "fault: down",
                        "fault: down, probability: 1.1",
                        "12: timeline[1].probability is 1.1; it must be a share of connections or requests, above 0 and up to 1"),
                bad(
                        "fault: down",
                        "fault: latency, latency: 10ms, jitter: 11ms",
                        "12: timeline[1].jitter is 11ms; it must not be above the latency, which is 10ms"),
                bad("fault: down", "fault: latency", "12: timeline[1].latency is missing"),
                bad(
                        "fault: down",
                        "fault: down, latency: 1s",
                        "12: timeline[1].latency is 1s; only the faults latency and slow have it; remove it"),
                bad("fault: down", "fault: slow", "12: timeline[1].latency is missing"),
                bad(
                        "fault: down",
                        "fault: slow, latency: 61s",
                        "12: timeline[1].latency is 61s; it must be from 1ms to 1m"),
                bad(
                        "fault: down",
                        "fault: slow, latency: 10ms, jitter: 11ms",
                        "12: timeline[1].jitter is 11ms; it must not be above the latency, which is 10ms"),
                bad(
                        "fault: down",
                        "fault: errors, jitter: 1s",
                        "12: timeline[1].jitter is 1s; only the faults latency and slow have it; remove it"),
                bad(
                        "fault: down",
                        "fault: errors, probability: 5%",
                        "12: timeline[1].probability is 5%; it must be a share of connections or requests, above 0 and up to 1"),
                bad("at: 20s", "at: 36s", "13: timeline[2].at is 36s; it must be before the end of the recording, 36s"),
                bad(
                        "at: 20s",
                        "at: 7s",
                        "13: timeline[2] is at 7s; it must not be earlier than the event before it, at 8s"),
                bad(
                        "heal: recommendations",
                        "heal: auth",
                        "13: timeline[2] heals auth, which no fault before it has broken"),
                bad("at: 8s, ", "", "12: timeline[1].at is missing"),
                bad(fault, "down", "12: timeline[1] is down; it must be a mapping of keys to values"),
                bad(
                        "{at: 20s, heal: recommendations}",
                        "{at: 20s, heal: recommendations, probability: 1}",
                        "13: timeline[2].probability is not a key that scripts have; known are at, heal"));
    }

    static Stream<Arguments> phases() {
        return Stream.of(
                bad(
                        "before: [0s, 8s]",
                        "before: [8s, 8s]",
                        "15: phases.before is from 8s to 8s; it must end after it begins"),
                bad(
                        "before: [0s, 8s]",
                        "before: [0s, 37s]",
                        "15: phases.before ends at 37s; it must end within the recording, by 36s"),
                bad(
                        "before: [0s, 8s]",
                        "before: [0s]",
                        "15: phases.before has 1 times; it must have two, such as [0s, 8s]"),
                bad("before: [0s, 8s]", "before: 8s", "15: phases.before is 8s; it must be a list"),
                bad(
                        "before: [0s, 8s]",
                        "before: [0s, 8s]\n  before: [0s, 9s]",
                        "16: phases.before is there twice; it stands in line 15 too"),
                bad(
                        "before: [0s, 8s]",
                        "before: [0s, 8s]\n  whole run: [0s, 9s]",
                        "16: phases.whole run is there in every run; a script must not define it"),
                bad(
                        "before: [0s, 8s]",
                        "before: [0s, 8s]\n  a < b: [0s, 9s]",
                        "16: phases.a < b is not a name for a phase; it must be words of letters and digits,"
                                + " up to 40 characters"));
    }

    static Stream<Arguments> variants() {
        return Stream.of(
                bad(
                        "  fail-fast:",
                        "  Fail_Fast:",
                        "30: variants.Fail_Fast is not a name for a variant; it must be up to 40 small letters,"
                                + " digits and hyphens"),
                bad(
                        "  fail-fast:",
                        "  unprotected:",
                        "30: variants.unprotected is there twice; it stands in line 18 too"),
                bad(
                        "every breaker closed",
                        "rate in befor > 5/s",
                        "32: variants.fail-fast.expect[1] is rate in befor > 5/s; there is no phase called \"befor\";"
                                + " did you mean before?"),
                bad(
                        "- every breaker closed",
                        "every breaker closed",
                        "32: variants.fail-fast.expect is every breaker closed; it must be a list"),
                bad(
                        "description: Nothing helps.",
                        "polices: {}",
                        "19: variants.unprotected.polices is not a key that scripts have; did you mean policies?"));
    }

    static Stream<Arguments> policies() {
        String policy = "variants.unprotected.policies.recommendations";
        return Stream.of(
                bad("        connect-timeout: 1s\n", "", "22: " + policy + ".connect-timeout is missing"),
                bad("wait-duration: 1.5s, ", "", "25: " + policy + ".retry.wait-duration is missing"),
                bad(
                        "        deadline: 0",
                        "        deadline: 0\n        conect-timeout: 1s",
                        "25: " + policy
                                + ".conect-timeout is not a key that scripts have; did you mean connect-timeout?"),
                bad(
                        "connect-timeout: 1s",
                        "connect-timeout: -1s",
                        "22: " + policy + ".connect-timeout is -1s; it must not be negative"),
                bad(
                        "max-attempts: 4",
                        "max-attempts: four",
                        "25: " + policy
                                + ".retry.max-attempts is four; it must be a whole number from 0 to 2147483647"),
                bad(
                        "jitter: equal",
                        "jitter: some",
                        "25: " + policy + ".retry.jitter is some; it must be one of none, full, equal, decorrelated"),
                bad(
                        "failure-rate-threshold: 100",
                        "failure-rate-threshold: all",
                        "26: " + policy + ".circuit-breaker.failure-rate-threshold is all; it must be a number"),
                bad(
                        "bulkhead:",
                        "bulkhead: {max-concurrent-calls: 1, max-calls: 1}",
                        "27: " + policy + ".bulkhead.max-calls is not a key that scripts have; known are"
                                + " max-concurrent-calls, max-wait-duration"),
                bad("bulkhead:", "retry-budget: {burst: 5}", "27: " + policy + ".retry-budget.percentage is missing"),
                bad(
                        "bulkhead:",
                        "retry-budget: {percentage: 10%}",
                        "27: " + policy + ".retry-budget.percentage is 10%; it must be a number"),
                bad(
                        "bulkhead:",
                        "retry-budget: {percentage: 10, burst: 2.5}",
                        "27: " + policy + ".retry-budget.burst is 2.5; it must be a whole number from 0 to 2147483647"),
                bad(
                        "policies:\n      recommendations:",
                        "policies:\n      search:",
                        "21: variants.unprotected.policies.search is not a key that scripts have; known are auth,"
                                + " recommendations, popularity, recommendations/auth, popularity/auth, all/auth"),
                bad(
                        "policies:\n      recommendations:",
                        "policies:\n      auth/recommendations:",
                        "21: variants.unprotected.policies.auth/recommendations is not a key that scripts have; did you mean recommendations?"));
    }

    static Stream<Arguments> staleIfError() {
        String policy = "variants.unprotected.policies.recommendations.stale-if-error";
        String age = "27: " + policy + ".max-age";
        String size = "27: " + policy + ".max-size";
        String unit = "; it must be a whole number with its unit, B, KB or MB, such as 512KB or 10MB";
        return Stream.of(
                bad("bulkhead:", "stale-if-error: {max-size: 1MB}", age + " is missing"),
                bad(
                        "bulkhead:",
                        "stale-if-error: {max-age: 30}",
                        age + " is 30; it must be a duration with its unit, such as 80ms, 1.5s or 2m"),
                bad("bulkhead:", "stale-if-error: {max-age: 0s}", age + " is 0s; it must be from 1ms to 1h"),
                bad("bulkhead:", "stale-if-error: {max-age: 61m}", age + " is 61m; it must be from 1ms to 1h"),
                bad("bulkhead:", "stale-if-error: {max-age: 30s, max-size: 10}", size + " is 10" + unit),
                bad("bulkhead:", "stale-if-error: {max-age: 30s, max-size: 1GB}", size + " is 1GB" + unit),
                bad("bulkhead:", "stale-if-error: {max-age: 30s, max-size: 1.5MB}", size + " is 1.5MB" + unit),
                bad("bulkhead:", "stale-if-error: {max-age: 30s, max-size: }", size + " is empty" + unit),
                bad(
                        "bulkhead:",
                        "stale-if-error: {max-age: 30s, max-size: -1MB}",
                        size + " is -1MB; it must not be negative"),
                bad(
                        "bulkhead:",
                        "stale-if-error: {max-age: 30s, max-size: 1023B}",
                        size + " is 1023B; it must be from 1KB to 1024MB"),
                bad(
                        "bulkhead:",
                        "stale-if-error: {max-age: 30s, max-size: 1025MB}",
                        size + " is 1025MB; it must be from 1KB to 1024MB"),
                bad(
                        "bulkhead:",
                        "stale-if-error: {max-age: 30s, entries: 5}",
                        "27: " + policy + ".entries is not a key that scripts have; known are max-age, max-size"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rate: 0/s    | timeline[3].rate is 0/s; it must be a rate above 0/s and up to 5000/s, such as 40/s
                    rate: 5001/s | timeline[3].rate is 5001/s; it must be a rate above 0/s and up to 5000/s, such as 40/s
                    rate: 40     | timeline[3].rate is 40; it must be a rate above 0/s and up to 5000/s, such as 40/s
                    rate: fast   | timeline[3].rate is fast; it must be a rate above 0/s and up to 5000/s, such as 40/s
                    rate: 4/s, upstream: auth | timeline[3].upstream is not a key that scripts have; known are at, rate
                    rate: 4/s, heal: auth | timeline[3].rate is not a key that scripts have; did you mean at?
                    rate: 4/s, fault: down, upstream: auth | timeline[3].rate is not a key that scripts have; did you mean at?
                    """)
    void refusesABadEventOfTheRate(String event, String problem) {
        List<String> problems = ScriptFixture.problems(folder, withRate(event, "open: {rate: 1}", "description: One."));

        assertThat(problems).startsWith("test.yml:14: " + problem);
    }

    @Test
    void refusesToChangeTheRateOfAClosedLoad() {
        String closed = "closed: {users: 8}";

        assertThat(ScriptFixture.problems(folder, withRate("rate: 4/s", closed, "description: One.")))
                .containsExactly("test.yml:14: timeline[3] sets a rate, but load is closed; only an open load has one");
        assertThat(ScriptFixture.problems(
                        folder, withRate("rate: 4/s", "open: {rate: 1}", "load: {%s}".formatted(closed))))
                .containsExactly("test.yml:14: timeline[3] sets a rate, but variants.unprotected.load is closed;"
                        + " only an open load has one");
    }

    @Test
    void letsTheScriptsLoadBeClosedWhenNoVariantIsPlayedUnderIt() {
        String script = withRate("rate: 4/s", "closed: {users: 8}", "load: {open: {rate: 1}}")
                .replace("  fail-fast:\n", "  fail-fast:\n    load: {open: {rate: 2}}\n");

        assertThat(ScriptFixture.read(folder, script).timeline()).hasSize(3);
    }

    @Test
    void doesNotTakeAChangeOfTheRateForAFault() {
        String script = ScriptFixture.GOOD
                .replace("closed: {users: 8, think-time: 0ms}", "open: {rate: 1}")
                .replace("  - {at: 8s, fault: down, upstream: recommendations}\n", "  - {at: 8s, rate: 2/s}\n")
                .replace("  - {at: 20s, heal: recommendations}\n", "");

        assertThat(ScriptFixture.problems(folder, script))
                .containsExactly("test.yml:31: variants.fail-fast.expect[1] is every breaker closed; it speaks of the"
                        + " watched upstreams, but the timeline breaks none and watched names none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    load: {}                     | variants.fail-fast.load.closed or open is missing
                    load: {open: {rate: 0}}      | variants.fail-fast.load.open.rate is 0; it must be a number of requests a second, above 0 and up to 5000
                    load: {closed: {users: 1}, groups: {known: {share: 99%}}} | variants.fail-fast.load.groups has shares that add up to 99%; they must add up to 100%
                    load: {closed: {users: 1}, duration: 1s} | variants.fail-fast.load.duration is not a key that scripts have; known are closed, open, patience, authorization, reloads, groups
                    """)
    void refusesABadLoadOfAVariant(String load, String problem) {
        String script = ScriptFixture.with("  fail-fast:\n", "  fail-fast:\n    %s\n".formatted(load));

        assertThat(ScriptFixture.problems(folder, script)).containsExactly("test.yml:31: " + problem);
    }

    @Test
    void looksForTheGroupsOfAnExpectationInTheLoadOfItsVariant() {
        String script = ScriptFixture.with("  patience: 10s\n", "  groups: {known: {share: 100%}}\n")
                .replace("  fail-fast:\n", "  fail-fast:\n    load: {closed: {users: 1}}\n")
                .replace("every breaker closed", "rate for known in before > 0/s")
                .replace("rate in end of outage < 0.25", "rate for known in end of outage < 0.25");

        assertThat(ScriptFixture.problems(folder, script))
                .containsExactly("test.yml:33: variants.fail-fast.expect[1] is rate for known in before > 0/s; there is"
                        + " no group called \"known\" in the load of fail-fast; known are everybody");
    }

    private static String withRate(String event, String load, String firstVariant) {
        return ScriptFixture.with(
                        "heal: recommendations}\n", "heal: recommendations}\n  - {at: 21s, %s}\n".formatted(event))
                .replace("closed: {users: 8, think-time: 0ms}", load)
                .replace("description: Nothing helps.", firstVariant);
    }

    /** A line more at the end of the load. */
    private static Arguments badLoad(String line, String problem) {
        return bad("  patience: 10s\n", "  patience: 10s\n  " + line + "\n", problem);
    }

    private static Arguments bad(String from, String to, String problem) {
        return Arguments.of(from, to, problem);
    }
}

package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of mistake is one problem that names its line, its key, its value and the limit. */
class BadScriptTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource({"keysAndTypes", "systems", "loads", "durations", "timelines", "phases", "variants", "policies"})
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
                        "9: colour is not a key that scripts have; known are title, system, load, warm-up, duration,"
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
                                + " known are closed, open, patience, authorization"));
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
                        "12: timeline[1].fault is flood; there is no such fault; known are down, blackhole, latency"),
                bad(
                        "upstream: recommendations",
                        "upstream: homepage",
                        "12: timeline[1].upstream is homepage; there is no such upstream; known are auth,"
                                + " recommendations, popularity"),
                bad(
                        "fault: down",
                        "fault: down, probability: 0",
                        "12: timeline[1].probability is 0; it must be a share of connections, above 0 and up to 1"),
                bad(
                        "fault: down",
                        "fault: down, probability: 1.1",
                        "12: timeline[1].probability is 1.1; it must be a share of connections, above 0 and up to 1"),
                bad(
                        "fault: down",
                        "fault: latency, latency: 10ms, jitter: 11ms",
                        "12: timeline[1].jitter is 11ms; it must not be above the latency, which is 10ms"),
                bad("fault: down", "fault: latency", "12: timeline[1].latency is missing"),
                bad(
                        "fault: down",
                        "fault: down, latency: 1s",
                        "12: timeline[1].latency is 1s; only the fault latency has it; remove it"),
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
                bad(
                        "policies:\n      recommendations:",
                        "policies:\n      search:",
                        "21: variants.unprotected.policies.search is not a key that scripts have; known are auth,"
                                + " recommendations, popularity"));
    }

    private static Arguments bad(String from, String to, String problem) {
        return Arguments.of(from, to, problem);
    }
}

package dev.stabilitylab.apiclient.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Stale;
import dev.stabilitylab.apiclient.internal.core.Script.Running;
import dev.stabilitylab.apiclient.internal.core.Script.Wish;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/**
 * Holds the code to the table of failures in {@code docs/policies.md}: every row, with the breaker inside and outside the retries, closed
 * and half-open, for calls that their caller cuts short and for others.
 */
class VerdictTableTest {

    private static final Duration HURRY = Duration.ofMillis(50);

    /** How each row of the table comes about: the reply to the attempt, or null where there is none. */
    private static final Map<String, Event> EVENTS = events();

    private static Map<String, Event> events() {
        Map<String, Event> events = new LinkedHashMap<>();
        events.put("No connection came about", Event.always(Script.refused()));
        events.put("The connection was lost", Event.always(Script.lost()));
        events.put("The attempt took the time that the policy gives it", Event.unhurried(new Reply.Expired()));
        events.put("The caller's own deadline ended the attempt early", Event.hurried(new Reply.Expired()));
        events.put("Status 500 to 599", Event.always(Script.status(500)));
        events.put("Status 501", Event.always(Script.status(501)));
        events.put("Status 504, and the caller's own deadline", Event.hurried(Script.status(504)));
        events.put("The response cannot be used", Event.always(Script.ok("nonsense")));
        events.put("Status 429", Event.always(Script.status(429)));
        events.put("Status 408", Event.always(Script.status(408)));
        events.put("Any other status from 300 to 499", Event.always(Script.status(403)));
        events.put("The breaker is open", Event.never());
        events.put("A probe is due", Event.never());
        events.put("The bulkhead is full", Event.never());
        events.put("No connection was free", Event.always(new Reply.NoConnectionFree(1)));
        events.put("The calling thread was interrupted", Event.always(new Reply.Cancelled()));
        return events;
    }

    @Test
    void hasAnEventForEveryRowAndARowForEveryEvent() throws IOException {
        assertThat(rows()).hasSameSizeAs(EVENTS.keySet());
        assertThat(rows()).allSatisfy(row -> assertThat(event(row)).isNotNull());
    }

    static Stream<Cell> cells() throws IOException {
        List<Cell> cells = new ArrayList<>();
        for (Row row : rows()) {
            for (BreakerPosition position : BreakerPosition.values()) {
                for (State state : List.of(State.CLOSED, State.HALF_OPEN)) {
                    for (boolean hurried : new boolean[] {false, true}) {
                        if (event(row).happens(hurried)) {
                            cells.add(new Cell(row, position, state, hurried));
                        }
                    }
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void holdsEveryCell(Cell cell) {
        Script script = new Script(policy(cell.position, 1));
        keepAnAnswer(script);
        if (cell.state == State.HALF_OPEN) {
            untilAProbeIsDue(script, cell.hurried);
        }
        int failuresBefore = script.breaker().getMetrics().getNumberOfFailedCalls();
        int callsBefore = script.breaker().getMetrics().getNumberOfBufferedCalls();

        Running call = script.call(cell.wish().staleIfError("ada"))
                .replies(event(cell.row).reply());

        assertThat(failureTag(call.outcome())).isEqualTo(cell.row.failure);
        assertThat(call.outcome() instanceof Stale).as("stale answer").isEqualTo(cell.row.stale.equals("yes"));
        assertThat(counted(script, cell.state, failuresBefore, callsBefore)).isEqualTo(cell.row.breaker);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void retriesEveryCellAsTheTableSays(Cell cell) {
        Script script = new Script(policy(cell.position, 2));

        // With the time that a retry needs, where the caller's deadline leaves any.
        Running idempotent = script.call(cell.wish()).replies(event(cell.row).reply());
        Running notIdempotent =
                script.call(cell.wish().notIdempotent()).replies(event(cell.row).reply());

        boolean fits = !cell.hurried;
        assertThat(idempotent.action() instanceof Action.Wait).isEqualTo(fits && !cell.row.retried.equals("no"));
        assertThat(notIdempotent.action() instanceof Action.Wait).isEqualTo(fits && cell.row.retried.equals("yes"));
    }

    @ParameterizedTest
    @MethodSource("rowsWithAReply")
    void removesTheStaleAnswerWhereTheTableSaysSo(Row row) {
        Script script = new Script(new Policy(
                Script.ATTEMPT_TIMEOUT, Script.ATTEMPT_TIMEOUT, Script.DEADLINE, null, null, null, null, stale()));
        keepAnAnswer(script);
        Wish wish = new Wish().staleIfError("ada");
        if (!event(row).happens(false)) {
            wish.callerDeadline(HURRY);
        }
        script.call(wish).replies(event(row).reply());

        Running later = script.call(new Wish().staleIfError("ada")).replies(Script.lost());

        assertThat(later.outcome() instanceof Failed).isEqualTo(row.stale.contains("removed"));
    }

    static Stream<Row> rowsWithAReply() throws IOException {
        return rows().stream().filter(row -> event(row).reply != null);
    }

    @Test
    void holdsTheRowOfTheOpenBreaker() throws IOException {
        Script script = new Script(policy(BreakerPosition.INSIDE_RETRY, 2));
        keepAnAnswer(script);
        fail(script, 2);

        for (Wish wish : List.of(new Wish(), new Wish().callerDeadline(HURRY), new Wish().notIdempotent())) {
            Outcome<String> outcome = script.call(wish.staleIfError("ada")).outcome();

            assertHolds(row("The breaker is open"), outcome);
        }
        assertThat(script.breaker().getState()).isEqualTo(State.OPEN);
    }

    @Test
    void holdsTheRowOfTheProbeThatIsDue() throws IOException {
        Script script = new Script(policy(BreakerPosition.INSIDE_RETRY, 2));
        keepAnAnswer(script);
        fail(script, 2);
        script.pass(Duration.ofMillis(1001));

        assertHolds(
                row("A probe is due"),
                script.call(new Wish().staleIfError("ada").callerDeadline(HURRY))
                        .outcome());
        assertThat(script.breaker().getState()).isEqualTo(State.OPEN);
    }

    @Test
    void holdsTheRowOfTheFullBulkhead() throws IOException {
        Policy policy = policy(BreakerPosition.INSIDE_RETRY, 2);
        Script script = new Script(new Policy(
                policy.connectTimeout(),
                policy.attemptTimeout(),
                policy.deadline(),
                policy.retry(),
                null,
                policy.circuitBreaker(),
                new Policy.Bulkhead(1, Duration.ZERO),
                policy.staleIfError()));
        keepAnAnswer(script);
        script.call();
        int callsBefore = script.breaker().getMetrics().getNumberOfBufferedCalls();

        assertHolds(
                row("The bulkhead is full"),
                script.call(new Wish().staleIfError("ada")).outcome());
        assertThat(script.breaker().getMetrics().getNumberOfBufferedCalls()).isEqualTo(callsBefore);
    }

    private static void assertHolds(Row row, Outcome<String> outcome) {
        assertThat(failureTag(outcome)).isEqualTo(row.failure);
        assertThat(outcome instanceof Stale).isEqualTo(row.stale.equals("yes"));
        assertThat(row.retried).isEqualTo("no");
        assertThat(row.breaker).isEqualTo("nothing");
    }

    private static String failureTag(Outcome<String> outcome) {
        return outcome instanceof Stale<String> stale
                ? stale.failure().kind().tag()
                : Script.kindOf(outcome).tag();
    }

    private static String counted(Script script, State state, int failuresBefore, int callsBefore) {
        if (state == State.HALF_OPEN) {
            return switch (script.breaker().getState()) {
                case OPEN -> "failure";
                case CLOSED -> "success";
                // The permit is back: there is another probe.
                default -> script.call().action() instanceof Action.Send ? "nothing" : "a permit lost";
            };
        }
        var metrics = script.breaker().getMetrics();
        if (metrics.getNumberOfFailedCalls() > failuresBefore) {
            return "failure";
        }
        return metrics.getNumberOfBufferedCalls() > callsBefore ? "success" : "nothing";
    }

    private static void keepAnAnswer(Script script) {
        script.call(new Wish().staleIfError("ada")).replies(Script.ok("answer"));
    }

    private static void fail(Script script, int calls) {
        for (int call = 0; call < calls * 2; call++) {
            Running running = script.call(new Wish().notIdempotent());
            if (running.action() instanceof Action.Send) {
                running.replies(Script.lost());
            }
        }
        assertThat(script.breaker().getState()).isEqualTo(State.OPEN);
    }

    /** A call that its caller cuts short gets a probe only when the breaker has waited for another in vain. */
    private static void untilAProbeIsDue(Script script, boolean hurried) {
        fail(script, 2);
        script.pass(Duration.ofMillis(hurried ? 2001 : 1001));
    }

    private static Policy policy(BreakerPosition position, int maxAttempts) {
        Policy.CircuitBreaker two = Script.breaker(position);
        Policy.CircuitBreaker four = new Policy.CircuitBreaker(
                position,
                two.slidingWindowType(),
                4,
                4,
                75,
                100,
                two.slowCallDurationThreshold(),
                two.waitDurationInOpenState(),
                1,
                two.maxWaitDurationInHalfOpenState());
        return new Policy(
                Duration.ofMillis(50),
                Script.ATTEMPT_TIMEOUT,
                Script.DEADLINE,
                Script.retry(maxAttempts),
                null,
                four,
                null,
                stale());
    }

    private static Policy.StaleIfError stale() {
        return new Policy.StaleIfError(Duration.ofMinutes(1), DataSize.ofKilobytes(10));
    }

    private static Event event(Row row) {
        return EVENTS.entrySet().stream()
                .filter(event -> row.what.startsWith(event.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no event for the row: " + row.what));
    }

    private static Row row(String what) throws IOException {
        return rows().stream()
                .filter(row -> row.what.startsWith(what))
                .findFirst()
                .orElseThrow();
    }

    private static List<Row> rows() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "policies.md"));
        String table = page.substring(page.indexOf("<!-- table:failures -->"), page.indexOf("<!-- table:end -->"));
        return table.lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.split("\\|"))
                .map(cells -> new Row(
                        cells[1].strip(),
                        cells[2].strip().replace("`", ""),
                        cells[3].strip(),
                        cells[4].strip(),
                        cells[5].strip()))
                .toList();
    }

    record Row(String what, String failure, String breaker, String retried, String stale) {}

    record Cell(Row row, BreakerPosition position, State state, boolean hurried) {

        Wish wish() {
            return hurried ? new Wish().callerDeadline(HURRY) : new Wish();
        }

        @Override
        public String toString() {
            return "%s, %s, %s%s".formatted(row.what, position, state, hurried ? ", cut short" : "");
        }
    }

    /**
     * What happens in a row.
     *
     * @param reply null when nothing is sent
     */
    record Event(@Nullable Reply reply, boolean whenHurried, boolean whenNot) {

        private static Event always(Reply reply) {
            return new Event(reply, true, true);
        }

        private static Event hurried(Reply reply) {
            return new Event(reply, true, false);
        }

        private static Event unhurried(Reply reply) {
            return new Event(reply, false, true);
        }

        private static Event never() {
            return new Event(null, false, false);
        }

        boolean happens(boolean hurried) {
            return hurried ? whenHurried : whenNot;
        }

        @Override
        public Reply reply() {
            if (reply == null) {
                throw new AssertionError("nothing is sent");
            }
            return reply;
        }
    }
}

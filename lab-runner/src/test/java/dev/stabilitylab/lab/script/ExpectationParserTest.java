package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.stabilitylab.lab.script.Claim.BreakerState;
import dev.stabilitylab.lab.script.Claim.Comparison;
import dev.stabilitylab.lab.script.Claim.EveryBreaker;
import dev.stabilitylab.lab.script.Claim.Operator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExpectationParserTest {

    private final ExpectationParser parser = new ExpectationParser(List.of("before", "end of outage"), groups(), true);

    @Test
    void understandsAFigureComparedWithAMultipleOfAnother() {
        Claim claim = parse("rate in before < 0.25 x rate in whole run");

        assertThat(claim)
                .isEqualTo(new Comparison(
                        new Term.InPhase(1, Metric.RATE, null, "before", null),
                        Operator.LESS,
                        new Term.InPhase(0.25, Metric.RATE, null, "whole run", null)));
    }

    @Test
    void understandsFiguresOfOtherVariantsAndPhasesWithTheWordOf() {
        Claim claim = parse("rate in end of outage > rate in end of outage of fail-fast");

        assertThat(claim)
                .isEqualTo(new Comparison(
                        new Term.InPhase(1, Metric.RATE, null, "end of outage", null),
                        Operator.GREATER,
                        new Term.InPhase(1, Metric.RATE, null, "end of outage", "fail-fast")));
    }

    @ParameterizedTest
    @CsvSource({
        "availability in before >= 99.9%, SHARE, 0.999",
        "availability in before >= 99.9 %, SHARE, 0.999",
        "p99 in before <= 250ms, TIME, 250",
        "max in before < 1.5 s, TIME, 1500",
        "failed attempts in before > 0/s, RATE, 0",
        "attempts a page in before = 4, COUNT, 4",
        "rate  in before>5/s, RATE, 5",
    })
    void understandsNumbersWithUnits(String text, Unit unit, double value) {
        Claim claim = parse(text);

        assertThat(((Comparison) claim).right()).isInstanceOfSatisfying(Term.Constant.class, constant -> {
            assertThat(constant.unit()).isEqualTo(unit);
            assertThat(constant.value()).isCloseTo(value, within(1e-9));
        });
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void understandsEveryMetric(Metric metric) {
        Claim claim = parse("%s in before = 2 x %s in before".formatted(metric.words(), metric.words()));

        assertThat(((Comparison) claim).left()).isEqualTo(new Term.InPhase(1, metric, null, "before", null));
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    void understandsEveryOperator(Operator operator) {
        Claim claim = parse("1/s %s rate in before".formatted(operator.symbol()));

        assertThat(((Comparison) claim).operator()).isEqualTo(operator);
    }

    @Test
    void understandsWhatBreakersDo() {
        assertThat(parse("every breaker closed")).isEqualTo(new EveryBreaker(BreakerState.CLOSED, null));
        assertThat(parse("every breaker open within 5 s"))
                .isEqualTo(new EveryBreaker(BreakerState.OPEN, Duration.ofSeconds(5)));
        assertThat(parse("breakers open after < 0.5 x breakers closed after of fail-fast"))
                .isEqualTo(new Comparison(
                        new Term.BreakersAfter(1, BreakerState.OPEN, null),
                        Operator.LESS,
                        new Term.BreakersAfter(0.5, BreakerState.CLOSED, "fail-fast")));
    }

    @Test
    void understandsAFigureWithTheWordIn() {
        Claim claim = parse("requests in service in end of outage of fail-fast <= 20");

        assertThat(claim)
                .isEqualTo(new Comparison(
                        new Term.InPhase(1, Metric.REQUESTS_IN_SERVICE, null, "end of outage", "fail-fast"),
                        Operator.AT_MOST,
                        new Term.Constant(20, Unit.COUNT)));
    }

    @Test
    void understandsFiguresOfAGroup() {
        Claim claim = parse("full for new-comers in end of outage >= 0.9 x full for known in before of fail-fast");

        assertThat(claim)
                .isEqualTo(new Comparison(
                        new Term.InPhase(1, Metric.FULL, "new-comers", "end of outage", null),
                        Operator.AT_LEAST,
                        new Term.InPhase(0.9, Metric.FULL, "known", "before", "fail-fast")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    rate in before | it must compare two figures with one of <, <=, >, >=, =, or start with "every breaker closed" or "every breaker open"
                    rate in before < 3/s < 4/s | it must have only one of <, <=, >, >=, =
                    rate in before == 3/s | == is written = here
                    1/s < 2/s | it compares two numbers and says nothing about the run
                    rate in before < 250ms | it compares a rate (such as 5/s) with a time (such as 250ms)
                    rate in before < 5 | it compares a rate (such as 5/s) with a plain number (such as 1.5)
                    availability in before > p50 in before | it compares a share (such as 99.9%) with a time (such as 250ms)
                    rat in before < 5/s | there is no figure called "rat"; did you mean rate?
                    rate in befor < 5/s | there is no phase called "befor"; did you mean before?
                    rate in 7 < 5/s | there is no phase called "7"; known are before, end of outage, whole run
                    rate in before of fail-fest < 5/s | there is no variant called "fail-fest"; did you mean fail-fast?
                    breakers open after of nobody < 5s | there is no variant called "nobody"; known are unprotected, fail-fast
                    rate < 5/s | "rate" is not understood; it must be a number with its unit, or a figure such as "rate in before"
                    rate in before < -5/s | "-5/s" is not understood; it must be a number with its unit, or a figure such as "rate in before"
                    rate in before < | "" is not understood; it must be a number with its unit, or a figure such as "rate in before"
                    requests in service for known in before < 5 | the figure "requests in service" is not one of pages; only those can be had for a group
                    rate for knwon in before < 5/s | there is no group called "knwon" in the load of unprotected; did you mean known?
                    rate for new-comers in before of fail-fast < 5/s | there is no group called "new-comers" in the load of fail-fast; known are known
                    attempts a page for known in before < 2 | the figure "attempts a page" is not one of pages; only those can be had for a group
                    attempt failures for known in before < 2% | the figure "attempt failures" is not one of pages; only those can be had for a group
                    rat for known in before < 5/s | there is no figure called "rat"; did you mean rate?
                    every breaker open within soon | "soon" is not understood; it must be a duration with its unit, such as 80ms, 1.5s or 2m
                    """)
    void saysWhatItDoesNotUnderstand(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(text)).withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "every breaker closed",
        "breakers open after < 2s",
        "failed attempts in before > 0/s",
        "attempts a page in before > 1",
        "predicted full in before > 50%",
    })
    void refusesToSpeakOfWatchedUpstreamsWhenThereAreNone(String text) {
        ExpectationParser calm = new ExpectationParser(List.of("before"), Map.of("only", List.of("everybody")), false);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> calm.parse(text, "only"))
                .withMessage("it speaks of the watched upstreams, but the timeline breaks none and watched names none");
    }

    @ParameterizedTest
    @CsvSource({
        "LESS, true, false, false",
        "AT_MOST, true, true, false",
        "EQUAL, false, true, false",
        "AT_LEAST, false, true, true",
        "GREATER, false, false, true",
    })
    void comparesButForRounding(Operator operator, boolean below, boolean same, boolean above) {
        assertThat(operator.holds(0.2, 0.3)).isEqualTo(below);
        assertThat(operator.holds(0.1 + 0.2, 0.3)).isEqualTo(same);
        assertThat(operator.holds(0.4, 0.3)).isEqualTo(above);
    }

    private Claim parse(String text) {
        return parser.parse(text, "unprotected");
    }

    /** In the order of the script. */
    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("unprotected", List.of("known", "new-comers"));
        groups.put("fail-fast", List.of("known"));
        return groups;
    }
}

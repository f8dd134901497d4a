package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.script.Claim;
import dev.stabilitylab.lab.script.Claim.BreakerState;
import dev.stabilitylab.lab.script.Claim.Comparison;
import dev.stabilitylab.lab.script.Claim.EveryBreaker;
import dev.stabilitylab.lab.script.Expectation;
import dev.stabilitylab.lab.script.Term;
import dev.stabilitylab.lab.script.Unit;
import dev.stabilitylab.lab.verdict.Figure.Known;
import dev.stabilitylab.lab.verdict.Figure.Missing;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds expectations of one variant against the figures. What cannot be measured does not hold. */
final class ExpectationCheck {

    private final String variant;
    private final Map<String, VariantFigures> figures;

    /**
     * With everything that was measured.
     *
     * @param variant the one whose expectations are checked
     * @param figures by variant, of those that ran
     */
    ExpectationCheck(String variant, Map<String, VariantFigures> figures) {
        this.variant = variant;
        this.figures = figures;
    }

    /** A variant that did not run, without which this expectation cannot be checked. */
    Optional<String> absentVariant(Expectation expectation) {
        return expectation.claim() instanceof Comparison comparison
                ? Stream.of(comparison.left(), comparison.right())
                        .flatMap(term -> term.otherVariant().stream())
                        .filter(name -> !figures.containsKey(name))
                        .findFirst()
                : Optional.empty();
    }

    /** The result; only for an expectation without absent variants. */
    ExpectationResult check(Expectation expectation) {
        Claim claim = expectation.claim();
        Finding finding = claim instanceof Comparison comparison ? compare(comparison) : breakers((EveryBreaker) claim);
        return new ExpectationResult(expectation.text(), finding.held(), finding.measured());
    }

    private Finding compare(Comparison comparison) {
        Figure left = figure(comparison.left());
        Figure right = figure(comparison.right());
        if (left instanceof Known a && right instanceof Known b) {
            Unit unit = comparison.left().unit();
            boolean held = comparison.operator().holds(a.value(), b.value());
            return new Finding(
                    held,
                    "%s%s %s %s"
                            .formatted(
                                    FigureText.of(a.value(), unit),
                                    held ? "" : ", not",
                                    comparison.operator().symbol(),
                                    FigureText.of(b.value(), unit)));
        }
        return Stream.of(left, right)
                .flatMap(figure -> figure instanceof Missing missing ? Stream.of(missing.why()) : Stream.empty())
                .reduce((a, b) -> a.equals(b) ? a : a + ", and " + b)
                .map(why -> new Finding(false, why))
                .orElseThrow();
    }

    /** One side of a comparison; only for a variant that ran. */
    Figure figure(Term term) {
        VariantFigures measured = figuresOf(term.otherVariant().orElse(variant));
        if (term instanceof Term.InPhase inPhase) {
            if (!measured.hasGroup(inPhase.group())) {
                return new Missing("its load has no group %s".formatted(inPhase.group()));
            }
            return measured.phase(inPhase.phase(), inPhase.group())
                    .figure(inPhase.metric())
                    .map(value -> value * inPhase.factor());
        }
        if (term instanceof Term.BreakersAfter after) {
            return measured.breakers().after(after.state()).map(value -> value * after.factor());
        }
        return new Known(((Term.Constant) term).value());
    }

    private Finding breakers(EveryBreaker claim) {
        BreakerFigures breakers = figuresOf(variant).breakers();
        Duration within = claim.within();
        if (within == null) {
            return breakersAtTheEnd(breakers, claim.state());
        }
        Figure after = breakers.after(claim.state());
        return after instanceof Known known
                ? new Finding(known.value() <= within.toMillis(), "after " + FigureText.of(known.value(), Unit.TIME))
                : new Finding(false, ((Missing) after).why());
    }

    private static Finding breakersAtTheEnd(BreakerFigures breakers, BreakerState state) {
        if (breakers.count() == 0) {
            return new Finding(false, "there is no breaker");
        }
        long inState = breakers.endedIn(state);
        String words = "%d of %d %s at the end"
                .formatted(inState, breakers.count(), state.name().toLowerCase(Locale.ROOT));
        return new Finding(inState == breakers.count(), words);
    }

    private VariantFigures figuresOf(String name) {
        VariantFigures measured = figures.get(name);
        if (measured == null) {
            throw new IllegalArgumentException("the variant %s did not run".formatted(name));
        }
        return measured;
    }

    private record Finding(boolean held, String measured) {}
}

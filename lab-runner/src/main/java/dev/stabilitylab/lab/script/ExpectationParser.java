package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.Claim.BreakerState;
import dev.stabilitylab.lab.script.Claim.Comparison;
import dev.stabilitylab.lab.script.Claim.EveryBreaker;
import dev.stabilitylab.lab.script.Claim.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands expectations. Its exceptions carry the half of a sentence that says what is wrong with one. */
final class ExpectationParser {

    private static final Pattern OPERATOR = Pattern.compile(" ?(<=|>=|==|=|<|>) ?");
    private static final Pattern EVERY_BREAKER = Pattern.compile("every breaker (open|closed)(?: within (.+))?");
    private static final String NOTHING_WATCHED =
            "it speaks of the watched upstreams, but the timeline breaks none and watched names none";

    private final TermParser terms;
    private final Map<String, List<String>> groups;
    private final boolean watchesSomething;

    /**
     * With what expectations may speak of.
     *
     * @param phases the names of the script's own phases
     * @param groups of users, by the name of the variant
     * @param watchesSomething whether there is an upstream that figures of upstreams are about
     */
    ExpectationParser(List<String> phases, Map<String, List<String>> groups, boolean watchesSomething) {
        this.terms = new TermParser(phases, List.copyOf(groups.keySet()));
        this.groups = groups;
        this.watchesSomething = watchesSomething;
    }

    /**
     * Understands one expectation.
     *
     * @param variant the one that has it
     * @throws IllegalArgumentException when it does not parse, names what is not there, or compares different units
     */
    Claim parse(String text, String variant) {
        String words = text.strip().replaceAll("\\s+", " ");
        Matcher breaker = EVERY_BREAKER.matcher(words);
        Claim claim = breaker.matches() ? everyBreaker(breaker) : comparison(words);
        if (!watchesSomething && speaksOfWatchedUpstreams(claim)) {
            throw new IllegalArgumentException(NOTHING_WATCHED);
        }
        if (claim instanceof Comparison comparison) {
            checkGroup(comparison.left(), variant);
            checkGroup(comparison.right(), variant);
        }
        return claim;
    }

    /**
     * Understands a figure by itself, of any variant: one that lacks the figure's group has no such figure.
     *
     * @throws IllegalArgumentException when it does not parse, names what is not there, or is a number
     */
    Term figure(String text) {
        Term term = terms.parse(text.strip().replaceAll("\\s+", " "));
        if (term instanceof Term.Constant) {
            throw new IllegalArgumentException("it is a number and says nothing about the run");
        }
        if (!watchesSomething && speaksOfWatchedUpstreams(term)) {
            throw new IllegalArgumentException(NOTHING_WATCHED);
        }
        if (groups.keySet().stream().noneMatch(variant -> hasGroup(term, variant))) {
            checkGroup(term, groups.keySet().iterator().next());
        }
        return term;
    }

    private boolean hasGroup(Term term, String variant) {
        return !(term instanceof Term.InPhase inPhase)
                || inPhase.group() == null
                || groups.getOrDefault(term.otherVariant().orElse(variant), List.of())
                        .contains(inPhase.group());
    }

    /** The group must be one of the variant that the figure is of. */
    private void checkGroup(Term term, String variant) {
        String owner = term.otherVariant().orElse(variant);
        List<String> known = groups.getOrDefault(owner, List.of());
        if (term instanceof Term.InPhase inPhase && inPhase.group() != null && !known.contains(inPhase.group())) {
            throw new IllegalArgumentException("there is no group called \"%s\" in the load of %s%s"
                    .formatted(Texts.shown(inPhase.group()), owner, Texts.suggestion(inPhase.group(), known)));
        }
    }

    private static Claim everyBreaker(Matcher matcher) {
        BreakerState state = BreakerState.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        if (matcher.group(2) == null) {
            return new EveryBreaker(state, null);
        }
        try {
            return new EveryBreaker(state, Durations.parse(matcher.group(2)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not understood; %s".formatted(Texts.shown(matcher.group(2)), e.getMessage()), e);
        }
    }

    private Claim comparison(String words) {
        Matcher matcher = OPERATOR.matcher(words);
        if (!matcher.find()) {
            throw new IllegalArgumentException("it must compare two figures with one of <, <=, >, >=, ="
                    + ", or start with \"every breaker closed\" or \"every breaker open\"");
        }
        String symbol = matcher.group(1);
        String left = words.substring(0, matcher.start());
        String right = words.substring(matcher.end());
        if (matcher.find()) {
            throw new IllegalArgumentException("it must have only one of <, <=, >, >=, =");
        }
        return comparison(terms.parse(left), operator(symbol), terms.parse(right));
    }

    private static Claim comparison(Term left, Operator operator, Term right) {
        if (left instanceof Term.Constant && right instanceof Term.Constant) {
            throw new IllegalArgumentException("it compares two numbers and says nothing about the run");
        }
        if (left.unit() != right.unit()) {
            throw new IllegalArgumentException("it compares %s with %s"
                    .formatted(left.unit().described(), right.unit().described()));
        }
        return new Comparison(left, operator, right);
    }

    private static Operator operator(String symbol) {
        return Arrays.stream(Operator.values())
                .filter(operator -> operator.symbol().equals(symbol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s is written = here".formatted(symbol)));
    }

    private static boolean speaksOfWatchedUpstreams(Claim claim) {
        return !(claim instanceof Comparison comparison)
                || speaksOfWatchedUpstreams(comparison.left())
                || speaksOfWatchedUpstreams(comparison.right());
    }

    private static boolean speaksOfWatchedUpstreams(Term term) {
        return term instanceof Term.BreakersAfter
                || (term instanceof Term.InPhase inPhase && inPhase.metric().isOfWatchedUpstreams());
    }
}

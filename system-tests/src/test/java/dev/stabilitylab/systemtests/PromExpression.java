package dev.stabilitylab.systemtests;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks into an expression of PromQL. */
final class PromExpression {

    private static final Pattern TEXT = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])*'");
    private static final Pattern MATCHERS = Pattern.compile("\\{[^}]*}");

    /** What else has names in it that are not metrics: windows and subqueries, lists of labels, offsets. */
    private static final Pattern ASIDE = Pattern.compile("\\[[^\\]]*]"
            + "|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
            + "|\\boffset\\s+[^\\s)]+");

    /** A name that is not called as a function, and is neither a variable of Grafana nor the unit of a number. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.$])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");

    private static final Set<String> WORDS = Set.of(
            "and", "or", "unless", "bool", "by", "without", "group_left", "group_right", "inf", "nan", "Inf", "NaN");

    private PromExpression() {}

    /**
     * The metrics that it asks for, each with what it says about labels: {@code up{job="auth"}}.
     *
     * @throws IllegalArgumentException if that cannot be told from its text
     */
    static Set<String> selectors(String expression) {
        if (expression.contains("__name__")) {
            throw new IllegalArgumentException("%s names its metric by a pattern".formatted(expression));
        }
        String withoutTexts = blank(TEXT, expression);
        String withoutMatchers = blank(ASIDE, blank(MATCHERS, withoutTexts));
        Matcher matchers = MATCHERS.matcher(withoutTexts);
        Set<String> selectors = new LinkedHashSet<>();
        NAME.matcher(withoutMatchers)
                .results()
                .filter(name -> !WORDS.contains(name.group()))
                .forEach(name -> {
                    boolean has =
                            matchers.region(name.end(), withoutTexts.length()).lookingAt();
                    selectors.add(expression.substring(name.start(), has ? matchers.end() : name.end()));
                });
        return selectors;
    }

    /** The names of the metrics that it asks for. */
    static Set<String> metrics(String expression) {
        Set<String> names = new TreeSet<>();
        selectors(expression).forEach(selector -> names.add(selector.replaceFirst("\\{.*", "")));
        return names;
    }

    /** With spaces in the place of what the pattern finds, so that all else stays where it is. */
    private static String blank(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(found -> " ".repeat(found.end() - found.start()));
    }
}

package dev.stabilitylab.systemtests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is chosen in a dashboard's drop-down lists.
 *
 * @param choices by the name of the variable
 */
record GrafanaSelection(Map<String, Choice> choices) {

    static final GrafanaSelection NOTHING = new GrafanaSelection(Map.of());

    /** {@code $name}, {@code ${name}}, {@code ${name:format}} or {@code [[name]]}; {@code $1} belongs to label_replace. */
    private static final Pattern USE = Pattern.compile("\\$\\{(\\w+)(?::(\\w+))?}|\\[\\[(\\w+)]]|\\$([a-zA-Z_]\\w*)");

    private static final Pattern SPECIAL = Pattern.compile("[$^*{}\\[\\]'+?.()|]");

    /**
     * What is chosen for one variable.
     *
     * @param isPattern whether more than one could be chosen, so that it stands where Prometheus expects a regular expression
     * @param allValue what "All" is replaced with; empty for all values
     */
    record Choice(List<String> values, boolean isPattern, String allValue) {

        /** As Grafana's data source for Prometheus writes it, inside the quotes of a label matcher. */
        private String text() {
            if (!allValue.isEmpty()) {
                return allValue;
            }
            if (!isPattern) {
                return values.get(0).replace("\\", "\\\\").replace("'", "\\\\'");
            }
            List<String> escaped = values.stream().map(Choice::escape).toList();
            return escaped.size() == 1 ? escaped.get(0) : "(" + String.join("|", escaped) + ")";
        }

        private String text(String format) {
            return switch (format) {
                case "raw", "csv" -> String.join(",", values);
                case "pipe" -> String.join("|", values);
                default -> throw new IllegalArgumentException("the format %s is not known here".formatted(format));
            };
        }

        /** Two backslashes, since one is eaten by the quotes. */
        private static String escape(String value) {
            return SPECIAL.matcher(value.replace("\\", "\\\\\\\\")).replaceAll("\\\\\\\\$0");
        }

        @Override
        public String toString() {
            return allValue.isEmpty() ? String.join("|", values) : allValue;
        }
    }

    GrafanaSelection with(String name, Choice choice) {
        Map<String, Choice> more = new LinkedHashMap<>(choices);
        more.put(name, choice);
        return new GrafanaSelection(more);
    }

    /** An expression as Grafana sends it to Prometheus. */
    String replaceIn(String expression, GrafanaInterval interval) {
        return replaceIn(
                expression,
                Map.of(
                        "__interval", PromDuration.text(interval.step()),
                        "__interval_ms", Long.toString(interval.step().toMillis()),
                        "__rate_interval", PromDuration.text(interval.rate()),
                        "__rate_interval_ms", Long.toString(interval.rate().toMillis()),
                        "__range", PromDuration.text(interval.range()),
                        "__range_s", Long.toString(interval.range().toSeconds()),
                        "__range_ms", Long.toString(interval.range().toMillis())));
    }

    String replaceIn(String expression, Map<String, String> builtIn) {
        return USE.matcher(expression).replaceAll(use -> Matcher.quoteReplacement(text(use, builtIn)));
    }

    private String text(MatchResult use, Map<String, String> builtIn) {
        String name = Stream.of(use.group(1), use.group(3), use.group(4))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        String fixed = builtIn.get(name);
        if (fixed != null) {
            return fixed;
        }
        Choice choice = choices.get(name);
        if (choice == null) {
            throw new IllegalArgumentException(
                    "there is no variable %s; there are %s".formatted(use.group(), choices.keySet()));
        }
        return use.group(2) == null ? choice.text() : choice.text(use.group(2));
    }

    @Override
    public String toString() {
        return choices.entrySet().stream()
                .map(choice -> choice.getKey() + "=" + choice.getValue())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}

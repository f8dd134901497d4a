package dev.stabilitylab.lab.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format, version 0.0.4. Comments, types and timestamps are checked for form at most, and left out.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>
 */
final class PrometheusText {

    // Possessive, so that neither a long nor a malformed line makes the matcher backtrack.
    private static final Pattern SAMPLE = Pattern.compile("""
            (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\
            (?:[ \\t]*\\{(?<labels>(?:[^"}]++|"[^"\\\\]*+(?:\\\\.[^"\\\\]*+)*+")*+)})?\
            [ \\t]+(?<value>[^ \\t]+)\
            (?:[ \\t]+-?[0-9]+)?""");
    private static final Pattern LABEL = Pattern.compile("""
            [ \\t]*(?<name>[a-zA-Z_][a-zA-Z0-9_]*)[ \\t]*=[ \\t]*"(?<value>[^"\\\\]*+(?:\\\\.[^"\\\\]*+)*+)"[ \\t]*(?:,[ \\t]*|$)""");

    private PrometheusText() {}

    /**
     * The samples in their order.
     *
     * @throws IllegalArgumentException for a line of another form; the message has its number and its text
     */
    static List<MetricSample> parse(String text) {
        List<MetricSample> samples = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    samples.add(sample(line));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "line %d of the metrics is '%s': %s".formatted(number, line, e.getMessage()), e);
                }
            }
        }
        return samples;
    }

    private static MetricSample sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("it must be a name, labels in braces, and a value");
        }
        String labels = sample.group("labels");
        return new MetricSample(
                sample.group("name"), labels == null ? Map.of() : labels(labels), value(sample.group("value")));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(text);
        int position = 0;
        while (!text.substring(position).isBlank()) {
            label.region(position, text.length());
            if (!label.lookingAt()) {
                throw new IllegalArgumentException("labels must be name=\"value\", with commas between them");
            }
            if (labels.put(label.group("name"), unescape(label.group("value"))) != null) {
                throw new IllegalArgumentException("the label " + label.group("name") + " is there twice");
            }
            position = label.end();
        }
        return labels;
    }

    private static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            plain.append(character == '\\' ? escaped(value.charAt(++i)) : character);
        }
        return plain.toString();
    }

    private static char escaped(char character) {
        return switch (character) {
            case 'n' -> '\n';
            case '"', '\\' -> character;
            default ->
                throw new IllegalArgumentException("\\" + character + " is not an escape; \\n, \\\" and \\\\ are");
        };
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> number(text);
        };
    }

    private static double number(String text) {
        // Java would take 1f and 0x1p3 for numbers, too.
        if (!text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
            throw new IllegalArgumentException("the value must be a number");
        }
        return Double.parseDouble(text);
    }
}

package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.docs.Directive.Column;
import dev.stabilitylab.lab.docs.Directive.Quote;
import dev.stabilitylab.lab.docs.Directive.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Understands directives. Its exceptions carry the sentence that says what is wrong with one. */
final class DirectiveParser {

    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"(?:\\s+|$)");
    private static final Pattern QUOTE = Pattern.compile("([^\\s#]+)#([^\\s#]+)");
    private static final Set<String> OF_TABLES = Set.of("variants", "columns", "labels");

    private DirectiveParser() {}

    /**
     * Understands one directive.
     *
     * @param text what stands between {@code <!-- lab:} and the comment's end
     * @throws IllegalArgumentException when it is not one
     */
    static Directive parse(String text) {
        String[] words = text.strip().split("\\s+", 2);
        String rest = words.length == 1 ? "" : words[1];
        return switch (words[0]) {
            case "run" -> alone(new Directive.Run(), rest);
            case "expectations" -> alone(new Directive.Expectations(), rest);
            case "events" -> alone(new Directive.Events(), rest);
            case "table" -> table(attributes(rest));
            case "quote" -> quote(rest);
            default ->
                throw new IllegalArgumentException(
                        "there is no directive lab:%s; known are lab:run, lab:table, lab:expectations, lab:events, lab:quote and lab:end"
                                .formatted(words[0]));
        };
    }

    private static Directive alone(Directive directive, String rest) {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException(
                    "lab:%s stands alone, but is followed by \"%s\"".formatted(directive.name(), rest));
        }
        return directive;
    }

    private static Directive quote(String rest) {
        Matcher matcher = QUOTE.matcher(rest);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "lab:quote is followed by \"%s\"; it must be a file and what of it, as in lab:quote simulations/x.yml#timeline"
                            .formatted(rest));
        }
        return new Quote(matcher.group(1), matcher.group(2));
    }

    private static Directive table(Map<String, String> attributes) {
        String columns = attributes.get("columns");
        if (columns == null) {
            throw new IllegalArgumentException(
                    "lab:table has no columns; it must have some, as in columns=\"rate in before; rate in during\"");
        }
        List<String> figures = list("columns", columns, ";");
        String given = attributes.get("labels");
        List<String> labels = given == null ? figures : list("labels", given, ";");
        if (labels.size() != figures.size()) {
            throw new IllegalArgumentException("lab:table has %d labels for %d columns; there must be one for each"
                    .formatted(labels.size(), figures.size()));
        }
        return new Table(
                variants(attributes.get("variants")),
                IntStream.range(0, figures.size())
                        .mapToObj(i -> new Column(figures.get(i), labels.get(i)))
                        .toList());
    }

    private static List<String> variants(@Nullable String text) {
        return text == null ? List.of() : list("variants", text, ",");
    }

    private static List<String> list(String attribute, String text, String separator) {
        List<String> items = Arrays.stream(text.split(separator, -1))
                .map(item -> item.strip().replaceAll("\\s+", " "))
                .toList();
        if (items.contains("")) {
            throw new IllegalArgumentException(
                    "%s of lab:table has an empty place in \"%s\"".formatted(attribute, text));
        }
        return items;
    }

    private static Map<String, String> attributes(String rest) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(rest);
        int end = 0;
        while (end < rest.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException(
                        "lab:table has \"%s\"; it must be NAME=\"VALUE\"".formatted(rest.substring(end)));
            }
            String name = matcher.group(1);
            if (!OF_TABLES.contains(name)) {
                throw new IllegalArgumentException(
                        "lab:table has no attribute %s; known are variants, columns and labels".formatted(name));
            }
            if (attributes.put(name, matcher.group(2)) != null) {
                throw new IllegalArgumentException("lab:table has %s twice".formatted(name));
            }
            end = matcher.end();
        }
        return attributes;
    }
}

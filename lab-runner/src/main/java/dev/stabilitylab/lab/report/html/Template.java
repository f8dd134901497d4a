package dev.stabilitylab.lab.report.html;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with holes, {@code {{name}}}. They are filled in one pass, so that a value that itself looks like a hole stays as it is.
 */
record Template(String text) {

    private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z]+)}}");

    /** Every value goes in as it is; escape what is not markup. */
    String fill(Map<String, String> values) {
        return HOLE.matcher(text).replaceAll(hole -> {
            String value = values.get(hole.group(1));
            if (value == null) {
                throw new IllegalArgumentException("the template wants %s, which has no value".formatted(hole.group()));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** Makes text safe between tags and in quoted attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

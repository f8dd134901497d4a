package dev.stabilitylab.lab.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Words for messages. */
final class Texts {

    private static final int MAX_SHOWN = 80;

    private Texts() {}

    /** What a person wrote, short enough for a message and without characters that steer a terminal. */
    static String shown(String written) {
        String printable = printable(written);
        return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "…";
    }

    /** The text with control characters replaced by question marks. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** {@code ; did you mean NAME?} when one of the names is close to what was written; otherwise all of them. */
    static String suggestion(String written, Collection<String> names) {
        return closest(written, names)
                .map("; did you mean %s?"::formatted)
                .orElseGet(() -> names.isEmpty() ? "; there are none" : "; known are " + String.join(", ", names));
    }

    /** The name that was probably meant. */
    static Optional<String> closest(String written, Collection<String> names) {
        if (written.length() > MAX_SHOWN) {
            return Optional.empty();
        }
        String lower = written.toLowerCase(Locale.ROOT);
        int tolerance = written.length() <= 3 ? 1 : Math.max(2, written.length() / 3);
        return names.stream()
                .filter(name -> distance(lower, name) <= tolerance)
                .min(Comparator.comparingInt(name -> distance(lower, name)));
    }

    /** The edit distance of Levenshtein: how many characters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

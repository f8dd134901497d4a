package dev.stabilitylab.lab.docs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The marks around a block of code in Markdown: three or more backticks or tildes. */
record CodeFence(String marks) {

    private static final Pattern OPENING = Pattern.compile(" {0,3}(`{3,}|~{3,})(.*)");
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    /** The fence that this line opens, or null. */
    static @Nullable CodeFence openedBy(String line) {
        Matcher matcher = OPENING.matcher(line);
        if (!matcher.matches()
                || (matcher.group(1).startsWith("`") && matcher.group(2).contains("`"))) {
            return null;
        }
        return new CodeFence(matcher.group(1));
    }

    boolean isClosedBy(String line) {
        String closing = line.strip();
        return line.matches(" {0,3}\\S.*")
                && closing.length() >= marks.length()
                && closing.chars().allMatch(mark -> mark == marks.charAt(0));
    }

    /** A block of code, whose fence is longer than any that the code has itself. */
    static String around(String code, String language) {
        int longest = BACKTICKS
                .matcher(code)
                .results()
                .mapToInt(run -> run.group().length())
                .max()
                .orElse(0);
        String marks = "`".repeat(Math.max(3, longest + 1));
        return marks + language + "\n" + code + "\n" + marks;
    }
}

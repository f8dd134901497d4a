package dev.stabilitylab.lab.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in memory as people write them: {@code 512KB}, {@code 10MB}; a kilobyte is 1024 bytes, a megabyte 1024 kilobytes. */
final class Sizes {

    private static final long KILOBYTE = 1024;
    private static final long MEGABYTE = 1024 * KILOBYTE;
    private static final Pattern SYNTAX = Pattern.compile("(-?)(\\d{1,12}) ?(B|KB|MB)");

    private Sizes() {}

    /**
     * Reads a size.
     *
     * @return bytes
     * @throws IllegalArgumentException with the second half of a sentence that starts with the culprit and its value
     */
    static long parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "it must be a whole number with its unit, B, KB or MB, such as 512KB or 10MB");
        }
        if (!matcher.group(1).isEmpty()) {
            throw new IllegalArgumentException("it must not be negative");
        }
        return Long.parseLong(matcher.group(2)) * bytes(matcher.group(3));
    }

    /** The shortest way to write a number of bytes exactly. */
    static String text(long bytes) {
        if (bytes == 0 || bytes % KILOBYTE != 0) {
            return bytes + "B";
        }
        return bytes % MEGABYTE == 0 ? bytes / MEGABYTE + "MB" : bytes / KILOBYTE + "KB";
    }

    private static long bytes(String unit) {
        return switch (unit) {
            case "B" -> 1;
            case "KB" -> KILOBYTE;
            default -> MEGABYTE;
        };
    }
}

package dev.stabilitylab.lab.docs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Lines between two comments that have {@code docs:begin NAME} and {@code docs:end NAME}, in any language. */
final class MarkedRegion {

    private static final Pattern MARKER = Pattern.compile("\\bdocs:(begin|end)\\s+([A-Za-z0-9._-]+)");

    private MarkedRegion() {}

    /** Whether a marker of this name is there at all. */
    static boolean isIn(List<String> lines, String name) {
        return lines.stream().anyMatch(line -> isMarker(line, "begin", name) || isMarker(line, "end", name));
    }

    /**
     * The lines, without those of other markers among them.
     *
     * @throws IllegalArgumentException with a clause on what is wrong with the markers
     */
    static List<String> find(List<String> lines, String name) {
        int begin = only(lines, "begin", name);
        int end = only(lines, "end", name);
        if (end < begin) {
            throw new IllegalArgumentException("docs:end %s stands before docs:begin".formatted(name));
        }
        return lines.subList(begin + 1, end).stream()
                .filter(line -> !MARKER.matcher(line).find())
                .toList();
    }

    private static int only(List<String> lines, String kind, String name) {
        List<Integer> found = IntStream.range(0, lines.size())
                .filter(i -> isMarker(lines.get(i), kind, name))
                .boxed()
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no line with docs:%s %s".formatted(kind, name));
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("docs:%s %s is there %d times, first in lines %d and %d"
                    .formatted(kind, name, found.size(), found.get(0) + 1, found.get(1) + 1));
        }
        return found.get(0);
    }

    private static boolean isMarker(String line, String kind, String name) {
        Matcher matcher = MARKER.matcher(line);
        return matcher.find()
                && matcher.group(1).equals(kind)
                && matcher.group(2).equals(name);
    }
}

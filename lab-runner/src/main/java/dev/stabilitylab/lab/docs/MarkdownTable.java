package dev.stabilitylab.lab.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table in Markdown.
 *
 * @param head the first row
 * @param rows the others, each as long as the head
 */
record MarkdownTable(List<String> head, List<List<String>> rows) {

    private static final Pattern BETWEEN_CELLS = Pattern.compile("(?<!\\\\)\\|");

    /** As it stands in the page. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(line(head));
        lines.add("|---".repeat(head.size()) + "|");
        rows.forEach(row -> lines.add(line(row)));
        return String.join("\n", lines);
    }

    /**
     * Whether a text begins with a table of this shape: as many rows and columns, and the same text in every cell that is not
     * empty here.
     */
    boolean isShapeOf(String text) {
        List<List<String>> written = text.lines()
                .takeWhile(line -> line.startsWith("|"))
                .map(MarkdownTable::cells)
                .toList();
        return written.size() == rows.size() + 2
                && agree(head, written.get(0))
                && IntStream.range(0, rows.size()).allMatch(i -> agree(rows.get(i), written.get(i + 2)));
    }

    private static boolean agree(List<String> wanted, List<String> written) {
        return wanted.size() == written.size()
                && IntStream.range(0, wanted.size())
                        .allMatch(i -> wanted.get(i).isEmpty() || wanted.get(i).equals(written.get(i)));
    }

    /** Text that stays in its cell. */
    static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ");
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static List<String> cells(String line) {
        String[] parts = BETWEEN_CELLS.split(line, -1);
        return Arrays.stream(parts, 1, Math.max(1, parts.length - 1))
                .map(String::strip)
                .toList();
    }
}

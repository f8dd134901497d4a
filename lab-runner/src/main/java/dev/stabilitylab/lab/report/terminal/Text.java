package dev.stabilitylab.lab.report.terminal;

import java.util.ArrayList;
import java.util.List;

/** Text measured in the columns that it takes on a terminal. */
final class Text {

    private Text() {}

    /** Takes out what a terminal would obey instead of show, such as escape sequences in a name. */
    static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    static int width(String text) {
        return text.codePoints().map(Text::width).sum();
    }

    /** Marks that join their neighbour take no column, Chinese, Japanese, Korean and emoji take two. */
    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = Character.isIdeographic(codePoint)
                || (codePoint >= 0x1100 && codePoint <= 0x115F)
                || (codePoint >= 0x2E80 && codePoint <= 0xA4CF)
                || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
                || (codePoint >= 0xFE30 && codePoint <= 0xFE6F)
                || (codePoint >= 0xFF00 && codePoint <= 0xFF60)
                || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF);
        return wide ? 2 : 1;
    }

    static String left(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - width(text))) + text;
    }

    /** Cuts the end off when there is no room for it. */
    static String cut(String text, int columns, boolean unicode) {
        if (width(text) <= columns) {
            return text;
        }
        String ellipsis = unicode ? "…" : "~";
        StringBuilder kept = new StringBuilder();
        int room = columns - 1;
        for (int codePoint : text.codePoints().toArray()) {
            room -= width(codePoint);
            if (room < 0) {
                break;
            }
            kept.appendCodePoint(codePoint);
        }
        return columns < 1 ? "" : kept + ellipsis;
    }

    /** Breaks between words; a word that is too long by itself stays whole. */
    static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}

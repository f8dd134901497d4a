package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.docs.Part.Block;
import dev.stabilitylab.lab.docs.Part.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes a page apart, line by line. A directive begins at the start of a line; one in a block of code is none. */
final class PageParser {

    private static final String BEGIN = "<!-- lab:";
    private static final String END = "-->";
    private static final Pattern LINES = Pattern.compile("(?<=\n)");
    private static final Pattern LOOKS_LIKE_ONE = Pattern.compile("<!--\\s*lab\\s*:");

    private final List<String> lines;
    private final List<Part> parts = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** The line that is read, from 0. */
    private int at;

    /** Lines of prose, or of a block's content. */
    private final StringBuilder text = new StringBuilder();

    private int textFrom = 1;
    private @Nullable CodeFence fence;
    private int fenceLine;
    private @Nullable Head open;

    private PageParser(String page) {
        this.lines = List.of(LINES.split(page));
    }

    static Page parse(String page) {
        return new PageParser(page).parse();
    }

    private Page parse() {
        for (at = 0; at < lines.size(); at++) {
            String line = withoutEnd(lines.get(at));
            if (fence == null && LOOKS_LIKE_ONE.matcher(line).find()) {
                comment(line);
            } else {
                follow(line);
                text.append(lines.get(at));
            }
        }
        if (fence != null) {
            problems.add(new Problem(fenceLine, "the block of code that begins here never ends"));
        }
        if (open == null) {
            endProse();
        } else {
            neverEnds(open);
        }
        return new Page(List.copyOf(parts), List.copyOf(problems));
    }

    /** Whether this line is in a block of code, and the next one. */
    private void follow(String line) {
        if (fence == null) {
            fence = CodeFence.openedBy(line);
            fenceLine = at + 1;
        } else if (fence.isClosedBy(line)) {
            fence = null;
        }
    }

    private void comment(String first) {
        int from = at;
        StringBuilder comment = new StringBuilder(lines.get(at));
        while (!comment.toString().contains(END) && at + 1 < lines.size()) {
            comment.append(lines.get(++at));
        }
        String whole = comment.toString().stripTrailing();
        if (!first.startsWith(BEGIN) || !whole.endsWith(END) || whole.indexOf(END) != whole.length() - END.length()) {
            problems.add(new Problem(
                    from + 1,
                    "a directive must stand by itself, from \"%s\" at the start of a line to \"%s\" at the end of one"
                            .formatted(BEGIN, END)));
            return;
        }
        String inside =
                whole.substring(BEGIN.length(), whole.length() - END.length()).strip();
        if (inside.equals("end")) {
            end(comment.toString());
        } else {
            begin(from + 1, comment.toString(), inside);
        }
    }

    private void begin(int line, String comment, String inside) {
        if (open == null) {
            endProse();
        } else {
            neverEnds(open);
        }
        Directive directive = null;
        try {
            directive = DirectiveParser.parse(inside);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(line, Objects.toString(e.getMessage())));
        }
        open = new Head(line, comment, directive);
        text.setLength(0);
    }

    private void end(String comment) {
        if (open == null) {
            problems.add(new Problem(at + 1, "lab:end ends nothing"));
            return;
        }
        if (open.directive() != null) {
            parts.add(new Block(open.line(), open.comment(), open.directive(), text.toString(), comment));
        }
        open = null;
        text.setLength(0);
        textFrom = at + 2;
    }

    private void endProse() {
        if (!text.isEmpty()) {
            parts.add(new Prose(textFrom, text.toString()));
        }
    }

    private void neverEnds(Head head) {
        problems.add(new Problem(head.line(), "the block that begins here has no <!-- lab:end -->"));
    }

    private static String withoutEnd(String line) {
        return line.replaceFirst("\r?\n$", "");
    }

    private record Head(int line, String comment, @Nullable Directive directive) {}
}

package dev.stabilitylab.lab.report.terminal;

import dev.stabilitylab.lab.report.terminal.Terminal.Ink;
import java.util.ArrayList;
import java.util.List;

/** Puts expectations and the verdict into lines that fit. */
final class ExpectationLines {

    /** So that what was measured is aligned where there is room for it. */
    private static final int TEXT_COLUMNS = 56;

    private static final int LONGEST_NAME = 50;

    private final Terminal terminal;

    ExpectationLines(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The line above the expectations of a variant. */
    String variant(String name) {
        return Text.cut(Text.clean(name), terminal.room(), terminal.unicode());
    }

    /**
     * One expectation, on a line or more.
     *
     * @param outcome what came of it, in a few words
     */
    List<String> expectation(boolean held, String text, String outcome) {
        String start = "  " + terminal.mark(held) + " ";
        String indent = " ".repeat(terminal.unicode() ? 4 : 7);
        int room = terminal.room() - indent.length();
        String words = Text.clean(text);
        String result = Text.clean(outcome);
        if (Text.width(words) + 2 + Text.width(result) <= room) {
            String aligned = Text.left(words, Math.min(TEXT_COLUMNS, room - 2 - Text.width(result)));
            return List.of(start + aligned + "  " + terminal.paint(Ink.FAINT, result));
        }
        List<String> lines = new ArrayList<>(Text.wrap(words, room));
        Text.wrap(result, room).forEach(line -> lines.add(terminal.paint(Ink.FAINT, line)));
        lines.replaceAll(line -> indent + line);
        lines.set(0, start + lines.get(0).substring(indent.length()));
        return lines;
    }

    /**
     * The last line.
     *
     * @param score how many expectations held, as a clause
     */
    String verdict(String simulation, boolean held, String score) {
        String name = Text.cut(Text.clean(simulation), LONGEST_NAME, terminal.unicode());
        String verdict = terminal.paint(Ink.STRONG, name + (held ? " held" : " fell short"));
        return "%s %s: %s.".formatted(terminal.mark(held), verdict, score);
    }
}

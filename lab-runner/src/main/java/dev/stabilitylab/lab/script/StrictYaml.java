package dev.stabilitylab.lab.script;

import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * YAML without what scripts do not need: one document, no anchors and aliases (a few lines of them can stand for
 * gigabytes), no tags, and no deep nesting. Nothing but a tree of text with line numbers is made of it.
 */
final class StrictYaml {

    private static final int MAX_DEPTH = 10;

    private final String text;
    private final Problems problems;

    StrictYaml(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
    }

    /**
     * The root of the only document.
     *
     * @throws ScriptException when it is not YAML, empty, or uses what is not allowed
     */
    Node root() {
        try {
            inspect();
            problems.throwIfAny();
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                throw problems.fatal(1, "the script is empty");
            }
            return root;
        } catch (MarkedYAMLException e) {
            throw problems.fatal(lineOf(e), "this is not YAML: " + sentence(e));
        } catch (ReaderException e) {
            throw problems.fatal(
                    lineAt(e.getPosition()),
                    "the character with the code %d is not allowed in YAML".formatted(e.getCodePoint()));
        } catch (YAMLException e) {
            throw problems.fatal(1, "this is not YAML: " + e.getMessage());
        }
    }

    private void inspect() {
        int documents = 0;
        int depth = 0;
        for (Event event : new Yaml(new LoaderOptions()).parse(new StringReader(text))) {
            int line = line(event.getStartMark());
            if (event instanceof DocumentStartEvent && ++documents == 2) {
                throw problems.fatal(line, "a second document starts here; a script is one document");
            }
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                throw problems.fatal(line, "nested deeper than %d levels, which no script needs".formatted(MAX_DEPTH));
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            refuseAnchorsAndTags(event, line);
        }
    }

    private void refuseAnchorsAndTags(Event event, int line) {
        if (event instanceof AliasEvent alias) {
            problems.add(line, "*%s is an alias; scripts must spell out what they mean".formatted(alias.getAnchor()));
        } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
            problems.add(line, "&%s is an anchor; scripts must do without".formatted(node.getAnchor()));
        }
        String tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : null;
        if (tag != null) {
            problems.add(line, "%s is a tag; scripts must do without".formatted(Texts.shown(tag)));
        }
    }

    private static int lineOf(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
        return mark == null ? 1 : line(mark);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    private static String sentence(MarkedYAMLException e) {
        String problem = Texts.printable(String.valueOf(e.getProblem()));
        return e.getContext() == null ? problem : Texts.printable(e.getContext()) + ", " + problem;
    }

    private int lineAt(int codePoints) {
        int end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}

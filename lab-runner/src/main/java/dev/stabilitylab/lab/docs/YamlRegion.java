package dev.stabilitylab.lab.docs;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The lines of a key and its value in YAML. */
final class YamlRegion {

    private YamlRegion() {}

    /**
     * Finds a key, as people see it: from its line to the last line of its value.
     *
     * @param path keys from the outermost in, with dots between them; a key may have dots itself
     * @throws IllegalArgumentException with a clause on what is wrong
     */
    static List<String> find(List<String> lines, String path) {
        List<NodeTuple> found = new ArrayList<>();
        collect(root(lines), path, found);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no key %s".formatted(path));
        }
        int first = line(found.get(0));
        if (found.size() > 1) {
            throw new IllegalArgumentException("the key %s is there %d times, first in lines %d and %d"
                    .formatted(path, found.size(), first + 1, line(found.get(1)) + 1));
        }
        if (!lines.get(first)
                .substring(0, found.get(0).getKeyNode().getStartMark().getColumn())
                .isBlank()) {
            throw new IllegalArgumentException("the key %s stands in the middle of line %d".formatted(path, first + 1));
        }
        return lines.subList(first, lastLine(found.get(0), lines) + 1);
    }

    private static Node root(List<String> lines) {
        try {
            return new Yaml(new LoaderOptions()).compose(new StringReader(String.join("\n", lines)));
        } catch (YAMLException e) {
            throw new IllegalArgumentException(
                    "this is not YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static void collect(Node node, String path, List<NodeTuple> found) {
        if (!(node instanceof MappingNode mapping)) {
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (path.equals(key)) {
                found.add(tuple);
            } else if (path.startsWith(key + ".")) {
                collect(tuple.getValueNode(), path.substring(key.length() + 1), found);
            }
        }
    }

    private static int line(NodeTuple tuple) {
        return tuple.getKeyNode().getStartMark().getLine();
    }

    /** What follows a value, comments and empty lines, is not part of it, though the parser counts it in. */
    private static int lastLine(NodeTuple tuple, List<String> lines) {
        int last = Math.max(line(tuple), lastLine(tuple.getValueNode()));
        while (last > line(tuple) && isBetween(lines.get(last))) {
            last--;
        }
        return last;
    }

    private static int lastLine(Node node) {
        int end = node.getEndMark().getColumn() == 0
                ? node.getEndMark().getLine() - 1
                : node.getEndMark().getLine();
        if (!(node instanceof CollectionNode<?> collection) || collection.getFlowStyle() == FlowStyle.FLOW) {
            return end;
        }
        return collection.getValue().stream()
                .map(item -> item instanceof NodeTuple tuple ? tuple.getValueNode() : (Node) item)
                .mapToInt(YamlRegion::lastLine)
                .max()
                .orElse(end);
    }

    private static boolean isBetween(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }
}

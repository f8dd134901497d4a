package dev.stabilitylab.lab.script;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value in a script. It is asked for the type it should have; when it has another, or is out of its limits, that is a
 * problem and the answer is empty.
 *
 * @param path where it stands, e.g. {@code load.closed.users}
 */
record Value(String path, Node node, Problems problems) {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,12})?");

    /** The line it stands in, from 1. */
    int line() {
        return node.getStartMark().getLine() + 1;
    }

    boolean isEmpty() {
        return node.getTag().equals(Tag.NULL);
    }

    /** A mapping that may have these keys and no others. */
    Optional<Section> section(Collection<String> keys) {
        return names().map(section -> section.refuseOtherKeysThan(keys));
    }

    /** A mapping whose keys are names that the author chooses. */
    Optional<Section> names() {
        return node instanceof MappingNode mapping
                ? Optional.of(new Section(path, mapping, problems))
                : refuse("it must be a mapping of keys to values");
    }

    Optional<List<Value>> list() {
        if (!(node instanceof SequenceNode sequence)) {
            return refuse("it must be a list");
        }
        List<Node> items = sequence.getValue();
        return Optional.of(IntStream.range(0, items.size())
                .mapToObj(i -> new Value("%s[%d]".formatted(path, i + 1), items.get(i), problems))
                .toList());
    }

    /** One line of text; numbers, booleans and nothing are not text unless quoted. */
    Optional<String> text() {
        if (!(node instanceof ScalarNode scalar) || !node.getTag().equals(Tag.STR)) {
            return refuse("it must be text" + (node instanceof ScalarNode && !isEmpty() ? "; put it in quotes" : ""));
        }
        return oneLine(scalar);
    }

    /** Any single value, as it is written. */
    Optional<String> scalar() {
        return node instanceof ScalarNode scalar && !isEmpty()
                ? oneLine(scalar)
                : refuse("it must be text, a number, true or false");
    }

    Optional<String> choice(Collection<String> choices) {
        return text().flatMap(text ->
                choices.contains(text) ? Optional.of(text) : refuse("it must be one of " + String.join(", ", choices)));
    }

    /** A duration within limits, both included. */
    Optional<Duration> duration(Duration min, Duration max) {
        if (!(node instanceof ScalarNode scalar) || isEmpty()) {
            return refuse("it must be a duration with its unit, such as 80ms, 1.5s or 2m");
        }
        try {
            Duration duration = Durations.parse(scalar.getValue());
            return duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0
                    ? Optional.of(duration)
                    : refuse("it must be from %s to %s".formatted(Durations.text(min), Durations.text(max)));
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    /** A size in bytes within limits, both included. */
    Optional<Long> size(long min, long max) {
        try {
            long bytes = Sizes.parse(node instanceof ScalarNode scalar ? scalar.getValue() : "");
            return bytes >= min && bytes <= max
                    ? Optional.of(bytes)
                    : refuse("it must be from %s to %s".formatted(Sizes.text(min), Sizes.text(max)));
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    /** A whole number within limits, both included. */
    Optional<Integer> wholeNumber(int min, int max) {
        return number("a whole number from %d to %d".formatted(min, max))
                .flatMap(number -> isWithin(number, min, max)
                        ? Optional.of(number.intValueExact())
                        : refuse("it must be a whole number from %d to %d".formatted(min, max)));
    }

    /** A number in decimal notation. */
    Optional<BigDecimal> number(String wanted) {
        return node instanceof ScalarNode scalar
                        && (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT))
                        && NUMBER.matcher(scalar.getValue()).matches()
                ? Optional.of(new BigDecimal(scalar.getValue()))
                : refuse("it must be " + wanted);
    }

    /** Notes that this value must be another. */
    <T> Optional<T> refuse(String clause) {
        problems.add(line(), "%s is %s; %s".formatted(path, shown(), clause));
        return Optional.empty();
    }

    private Optional<String> oneLine(ScalarNode scalar) {
        String text = scalar.getValue().strip();
        return text.isEmpty() || text.codePoints().anyMatch(Character::isISOControl)
                ? refuse("it must be one line of text")
                : Optional.of(text);
    }

    private static boolean isWithin(BigDecimal number, int min, int max) {
        return number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(min)) >= 0
                && number.compareTo(BigDecimal.valueOf(max)) <= 0;
    }

    private String shown() {
        if (isEmpty() || (node instanceof ScalarNode scalar && scalar.getValue().isBlank())) {
            return "empty";
        }
        return node instanceof ScalarNode scalar
                ? Texts.shown(scalar.getValue())
                : node instanceof MappingNode ? "a mapping" : "a list";
    }
}

package dev.stabilitylab.systemtests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Dockerfile, as far as the rules ask about it.
 *
 * @param arguments the defaults of the arguments before the first stage, by name
 */
record Dockerfile(Map<String, String> arguments, List<Stage> stages) {

    private static final Pattern FROM = Pattern.compile("(?<base>\\S+)(?:\\s+[aA][sS]\\s+(?<name>\\S+))?");

    static Dockerfile parse(String text) {
        Map<String, String> arguments = new HashMap<>();
        List<Stage> stages = new ArrayList<>();
        for (Instruction instruction : instructions(text)) {
            if (instruction.is("FROM")) {
                stages.add(stage(instruction, stages.size()));
            } else if (!stages.isEmpty()) {
                stages.get(stages.size() - 1).instructions().add(instruction);
            } else if (instruction.is("ARG")) {
                String[] parts = instruction.value().split("=", 2);
                arguments.put(parts[0], parts.length == 2 ? parts[1] : "");
            }
        }
        return new Dockerfile(arguments, stages);
    }

    private static Stage stage(Instruction from, int number) {
        Matcher matcher = FROM.matcher(from.value());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("FROM " + from.value() + " is not understood");
        }
        String name = Optional.ofNullable(matcher.group("name")).orElse(String.valueOf(number));
        return new Stage(name, matcher.group("base"), new ArrayList<>());
    }

    private static List<Instruction> instructions(String text) {
        String joined = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .reduce("", (all, line) -> all.endsWith("\\") ? cut(all) + line : all + "\n" + line);
        return joined.lines()
                .filter(line -> !line.isBlank())
                .map(Instruction::parse)
                .toList();
    }

    private static String cut(String line) {
        return line.substring(0, line.length() - 1);
    }

    Stage stage(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no stage is called " + name));
    }

    Optional<Stage> find(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /** What of this kind counts at the end of a stage; an image inherits it from the stages that it is built on. */
    Optional<Instruction> last(Stage stage, String keyword) {
        Optional<Instruction> own = stage.all(keyword).reduce((first, second) -> second);
        return own.or(() -> find(stage.base()).flatMap(base -> last(base, keyword)));
    }

    boolean hasHealthCheck(Stage stage) {
        return last(stage, "HEALTHCHECK")
                .filter(check -> !check.value().equals("NONE"))
                .isPresent();
    }

    /**
     * What makes one image.
     *
     * @param base an image, an argument, or the name of an earlier stage
     */
    record Stage(String name, String base, List<Instruction> instructions) {

        Stream<Instruction> all(String keyword) {
            return instructions.stream().filter(instruction -> instruction.is(keyword));
        }
    }

    /** One instruction, its continued lines joined. */
    record Instruction(String keyword, String value) {

        private static Instruction parse(String line) {
            String[] parts = line.strip().split("\\s+", 2);
            return new Instruction(parts[0].toUpperCase(Locale.ROOT), parts.length == 2 ? parts[1] : "");
        }

        boolean is(String other) {
            return keyword.equals(other);
        }
    }
}

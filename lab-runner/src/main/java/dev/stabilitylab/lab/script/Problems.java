package dev.stabilitylab.lab.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. */
final class Problems {

    private final Path file;
    private final List<Problem> found = new ArrayList<>();

    Problems(Path file) {
        this.file = file;
    }

    /**
     * Notes a problem.
     *
     * @param line from 1
     */
    void add(int line, String sentence) {
        found.add(new Problem(line, sentence));
    }

    /** The exception for a file that cannot be looked into at all. */
    ScriptException fatal(String sentence) {
        return new ScriptException(List.of(file + ": " + sentence));
    }

    /** The exception for a file that cannot be read beyond this line; earlier problems are kept. */
    ScriptException fatal(int line, String sentence) {
        add(line, sentence);
        return exception();
    }

    /** Throws when there is a problem. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    private ScriptException exception() {
        return new ScriptException(found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> "%s:%d: %s".formatted(file, problem.line(), problem.sentence()))
                .distinct()
                .toList());
    }

    private record Problem(int line, String sentence) {}
}

package dev.stabilitylab.lab.script;

import java.util.List;

/** A script cannot be used. Carries everything that was found wrong with it, so that one look at the script mends it all. */
public final class ScriptException extends RuntimeException {

    private final List<String> problems;

    /**
     * With all problems of a script.
     *
     * @param problems in the order of the script's lines, each as {@code file:line: sentence}, or without a line when the
     *     file as a whole is meant
     */
    public ScriptException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of the script's lines. The message is the same, one problem a line. */
    public List<String> problems() {
        return problems;
    }
}

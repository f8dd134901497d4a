package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.report.terminal.ConsoleReport;
import dev.stabilitylab.lab.report.terminal.RepeatReport;
import dev.stabilitylab.lab.report.terminal.Terminal;
import dev.stabilitylab.lab.verdict.RepeatedResult;
import dev.stabilitylab.lab.verdict.RunResult;
import java.io.IOException;

/** What came of a script that was to be played. */
sealed interface ScriptOutcome {

    /** The exit status. */
    int status();

    /** In a word or two. */
    String words();

    /** What {@code --json} prints. */
    Object json();

    /** Prints the figures and the verdict, if there are any. */
    void print(Terminal terminal, Appendable out) throws IOException;

    /** It was played once. */
    record Once(RunResult result) implements ScriptOutcome {

        @Override
        public int status() {
            return result.held() ? ExitStatus.HELD : ExitStatus.FELL_SHORT;
        }

        @Override
        public String words() {
            return "%d of %d"
                    .formatted(result.expectationsHeld(), result.expectations().size());
        }

        @Override
        public Object json() {
            return result;
        }

        @Override
        public void print(Terminal terminal, Appendable out) throws IOException {
            new ConsoleReport(terminal).print(result, out);
        }
    }

    /** It was played several times. */
    record Repeated(RepeatedResult result) implements ScriptOutcome {

        @Override
        public int status() {
            return result.held() ? ExitStatus.HELD : ExitStatus.FELL_SHORT;
        }

        @Override
        public String words() {
            return "%d of %d"
                    .formatted(result.expectationsHeld(), result.expectations().size());
        }

        @Override
        public Object json() {
            return result;
        }

        @Override
        public void print(Terminal terminal, Appendable out) throws IOException {
            new RepeatReport(terminal).print(result, out);
        }
    }

    /**
     * It could not be played.
     *
     * @param simulation the script's name
     * @param problem one or more sentences for people
     */
    record NotPlayed(String simulation, String problem) implements ScriptOutcome {

        @Override
        public int status() {
            return ExitStatus.COULD_NOT_RUN;
        }

        @Override
        public String words() {
            return "could not run";
        }

        @Override
        public Object json() {
            return this;
        }

        @Override
        public void print(Terminal terminal, Appendable out) throws IOException {
            out.append(problem).append('\n');
        }
    }
}

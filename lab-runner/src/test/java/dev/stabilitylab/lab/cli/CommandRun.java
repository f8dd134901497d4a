package dev.stabilitylab.lab.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * What a command did, called within this process: for commands that end by themselves and start none.
 *
 * @param out all of standard output
 * @param err all of standard error
 */
record CommandRun(int status, String out, String err) {

    private static final String HOME = "lab.home";

    /**
     * Calls {@code ./lab} with these arguments.
     *
     * @param home stands in for the project's folder
     */
    static CommandRun of(Path home, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String before = System.getProperty(HOME, "");
        System.setProperty(HOME, home.toString());
        try {
            CommandLine lab =
                    LabCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
            return new CommandRun(lab.execute(arguments), out.toString(), err.toString());
        } finally {
            System.setProperty(HOME, before);
        }
    }
}

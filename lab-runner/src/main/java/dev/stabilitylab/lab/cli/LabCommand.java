package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.http.AsyncHttp;
import dev.stabilitylab.lab.script.ScriptException;
import dev.stabilitylab.lab.world.WorldException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** {@code ./lab}. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        version = "Stability Lab 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RunCommand.class, UpCommand.class, VisitCommand.class},
        description = "See what timeouts, retries, breakers and fallbacks do in an outage.")
public final class LabCommand {

    private static final int COULD_NOT_RUN = 2;

    private LabCommand() {}

    public static void main(String[] args) {
        AsyncHttp.forbidHiddenRetries();
        CommandLine command = new CommandLine(new LabCommand()).setExecutionExceptionHandler(LabCommand::explain);
        int status = COULD_NOT_RUN;
        try {
            status = command.execute(args);
        } finally {
            // Also for an Error, which picocli does not handle: the JVM's own status 1 would mean "fell short".
            System.exit(status);
        }
    }

    /** One sentence for what a person can do something about, everything for what only we can. */
    private static int explain(Exception failure, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (failure instanceof ScriptException
                || failure instanceof WorldException
                || failure instanceof IllegalArgumentException) {
            err.println(failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return COULD_NOT_RUN;
    }
}

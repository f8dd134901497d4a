package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.http.AsyncHttp;
import dev.stabilitylab.lab.script.ScriptException;
import dev.stabilitylab.lab.world.WorldException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code ./lab}. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        version = "Stability Lab 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ListCommand.class,
            NewCommand.class,
            UpCommand.class,
            VisitCommand.class,
            DocsCommand.class
        },
        description = "See what timeouts, retries, breakers and fallbacks do in an outage.")
public final class LabCommand {

    private LabCommand() {}

    public static void main(String[] args) {
        AsyncHttp.forbidHiddenRetries();
        int status = ExitStatus.COULD_NOT_RUN;
        try {
            status = commandLine().execute(args);
        } finally {
            // Also for an Error, which picocli does not handle: the JVM's own status 1 would mean "fell short".
            System.exit(status);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new LabCommand())
                .setParameterExceptionHandler(LabCommand::explain)
                .setExecutionExceptionHandler(LabCommand::explain);
    }

    /** The mistake and where to read on: all options at once would push it off the screen. Only {@code ./lab} by itself shows its help. */
    private static int explain(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(mistake.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(mistake, err)) {
            if (command.getSubcommands().isEmpty()) {
                err.println("./%s --help says more."
                        .formatted(command.getCommandSpec().qualifiedName()));
            } else {
                command.usage(err);
            }
        }
        err.flush();
        return ExitStatus.COULD_NOT_RUN;
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
        return ExitStatus.COULD_NOT_RUN;
    }
}

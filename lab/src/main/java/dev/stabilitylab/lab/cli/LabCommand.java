package dev.stabilitylab.lab.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./lab}. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = UpCommand.class,
        description = "See what timeouts, retries, breakers and fallbacks do in an outage.")
public final class LabCommand {

    private LabCommand() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new LabCommand()).execute(args));
    }
}

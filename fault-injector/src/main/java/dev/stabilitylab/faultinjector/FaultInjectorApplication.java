package dev.stabilitylab.faultinjector;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Starts the program. */
final class FaultInjectorApplication {

    private FaultInjectorApplication() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new FaultInjectorCommand())
                .setParameterExceptionHandler(FaultInjectorApplication::complain);
    }

    private static int complain(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        line.getErr().println(line.getCommandName() + ": " + e.getMessage());
        return CommandLine.ExitCode.USAGE;
    }
}

package dev.stabilitylab.faultinjector;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Starts the program. */
final class FaultInjectorApplication {

    private FaultInjectorApplication() {}

    public static void main(String[] args) {
        avoidUnsafe();
        OutOfMemory.endsTheProcess();
        System.exit(commandLine().execute(args));
    }

    /** Netty can do without {@code sun.misc.Unsafe}, and a JDK from 24 on prints a warning when it is used. */
    private static void avoidUnsafe() {
        if (Runtime.version().feature() >= 24 && System.getProperty("io.netty.noUnsafe") == null) {
            System.setProperty("io.netty.noUnsafe", "true");
        }
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

package dev.stabilitylab.lab.cli;

import picocli.CommandLine.Option;

/** The way out when a port is taken. */
final class PortOffset {

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Add N to every port, 0 to 40000; default 0.")
    private int offset;

    /** As given; its limits are the world's to check. */
    int offset() {
        return offset;
    }
}

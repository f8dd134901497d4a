package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.world.remote.Addresses;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a system is that was up before the lab. */
final class SystemAddresses {

    @Option(
            names = "--system",
            paramLabel = "FILE",
            defaultValue = "${env:LAB_SYSTEM}",
            description = {
                "Attach to the system whose addresses stand in this file, as homepages, fault-injector and grafana;",
                "LAB_HOMEPAGES, LAB_FAULT_INJECTOR and LAB_GRAFANA win over it. Default: the file that LAB_SYSTEM names."
            })
    private @Nullable Path file;

    boolean isGiven() {
        return file != null;
    }

    /**
     * The addresses that apply.
     *
     * @throws dev.stabilitylab.lab.world.WorldException when one of them cannot be used
     */
    Addresses read(int portOffset) {
        return Addresses.read(file, System.getenv(), portOffset);
    }
}

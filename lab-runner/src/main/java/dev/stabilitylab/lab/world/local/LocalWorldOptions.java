package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import dev.stabilitylab.lab.world.WorldException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What to start on this machine, and where.
 *
 * @param home the project's directory, with the modules and their jars below it
 * @param logs where each process writes its log, and works; created when missing
 * @param portOffset added to every port, from 0 to 40000
 * @param system instances of the homepage (1 to 8), and settings of the services
 * @param progress told in a line each what is being done; called from several threads
 */
public record LocalWorldOptions(Path home, Path logs, int portOffset, SystemSpec system, Consumer<String> progress) {

    /** A script may not ask for more either; each takes some 150 MB. */
    private static final int MAX_HOMEPAGES = 8;

    /** Checks the limits. */
    public LocalWorldOptions {
        home = home.toAbsolutePath().normalize();
        logs = logs.toAbsolutePath().normalize();
        if (system.homepages() < 1 || system.homepages() > MAX_HOMEPAGES) {
            throw new WorldException("The number of homepages is %d; it must be from 1 to %d."
                    .formatted(system.homepages(), MAX_HOMEPAGES));
        }
        new Ports(portOffset);
    }

    Ports ports() {
        return new Ports(portOffset);
    }
}

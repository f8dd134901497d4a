package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.world.World;
import dev.stabilitylab.lab.world.local.LocalWorld;
import dev.stabilitylab.lab.world.local.LocalWorldOptions;
import dev.stabilitylab.lab.world.remote.RemoteWorld;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a person wants scripts to be played. */
final class WorldChoice {

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PortOffset ports;

    @Option(
            names = "--attach",
            description =
                    "Play against a system that is up already: at the addresses of --system or LAB_SYSTEM, or at those of docker compose and ./lab up on this machine.")
    private boolean attach;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private SystemAddresses system;

    /**
     * A world that is not started yet.
     *
     * @param logs where processes that it starts write their logs
     */
    World world(Path home, Path logs, Simulation simulation, Consumer<String> progress) {
        return attach || system.isGiven()
                ? new RemoteWorld(system.read(ports.offset()), simulation, progress)
                : new LocalWorld(new LocalWorldOptions(home, logs, ports.offset(), simulation.system(), progress));
    }
}

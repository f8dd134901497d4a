package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.docs.PlayedRun;
import dev.stabilitylab.lab.docs.Player;
import dev.stabilitylab.lab.report.terminal.LiveDisplay;
import dev.stabilitylab.lab.report.terminal.Terminal;
import dev.stabilitylab.lab.run.Playback;
import dev.stabilitylab.lab.run.PlaybackOptions;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.world.World;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.local.LocalWorld;
import dev.stabilitylab.lab.world.local.LocalWorldOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays on this machine.
 *
 * @param options how; the load's seed is the run's number
 * @param err where one can watch
 */
record LocalPlayer(PlaybackOptions options, int portOffset, PrintWriter err) implements Player {

    @Override
    public List<PlayedRun> play(Simulation simulation) throws InterruptedException {
        LiveDisplay display = new LiveDisplay(err, Terminal.standardError(), System::nanoTime);
        Path logs = OutputDirectory.prepare(options.home().resolve("out/docs").resolve(simulation.name()))
                .resolve("logs");
        World world = new LocalWorld(
                new LocalWorldOptions(options.home(), logs, portOffset, simulation.system(), display::event));
        StopSignal stop = StopSignal.closing(world, display::event);
        List<PlayedRun> played = new ArrayList<>();
        try {
            var unused = new Playback(world, simulation, options, display)
                    .play(run -> played.add(
                            new PlayedRun(run.recordings(), run.judgement().result())));
            return List.copyOf(played);
        } catch (WorldException failure) {
            if (stop.isNear()) {
                return List.of();
            }
            throw failure;
        }
    }
}

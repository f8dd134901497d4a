package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.docs.PlayedRun;
import dev.stabilitylab.lab.docs.Player;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.RunListener;
import dev.stabilitylab.lab.report.terminal.LiveDisplay;
import dev.stabilitylab.lab.report.terminal.LiveTicker;
import dev.stabilitylab.lab.report.terminal.Terminal;
import dev.stabilitylab.lab.run.Environment;
import dev.stabilitylab.lab.run.SimulationRunner;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.verdict.Judge;
import dev.stabilitylab.lab.world.World;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.local.LocalWorld;
import dev.stabilitylab.lab.world.local.LocalWorldOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Plays on this machine.
 *
 * @param home the project's folder
 * @param timeScale by which simulations are scaled already; for the record
 * @param runs how often each simulation is played; the load's seed is the run's number
 * @param err where one can watch
 */
record LocalPlayer(Path home, int portOffset, double timeScale, int runs, PrintWriter err) implements Player {

    @Override
    public List<PlayedRun> play(Simulation simulation) throws InterruptedException {
        LiveDisplay display = new LiveDisplay(err, Terminal.standardError(), System::nanoTime);
        Path logs = OutputDirectory.prepare(home.resolve("out/docs").resolve(simulation.name()))
                .resolve("logs");
        World world =
                new LocalWorld(new LocalWorldOptions(home, logs, portOffset, simulation.system(), display::event));
        StopSignal stop = StopSignal.closing(world, display::event);
        try (world) {
            world.start();
            List<PlayedRun> played = new ArrayList<>();
            for (int run = 1; run <= runs; run++) {
                played.add(play(world, simulation, run, display));
            }
            return List.copyOf(played);
        } catch (WorldException failure) {
            if (stop.isNear()) {
                return List.of();
            }
            throw failure;
        }
    }

    private PlayedRun play(World world, Simulation simulation, int run, LiveDisplay display)
            throws InterruptedException {
        Map<String, Object> environment = Environment.describe(home, run, timeScale);
        SimulationRunner runner = new SimulationRunner(world, simulation, run, display::event, RunListener.NONE);
        LiveTicker ticker = new LiveTicker(display, runner::status);
        try {
            List<Recording> recordings = runner.play();
            return new PlayedRun(
                    recordings,
                    Judge.judge(simulation, recordings, world.name(), environment)
                            .result());
        } finally {
            ticker.close();
        }
    }
}

package dev.stabilitylab.lab.run;

import dev.stabilitylab.lab.grafana.Annotations;
import dev.stabilitylab.lab.record.FaultLog;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.RunListener;
import dev.stabilitylab.lab.report.terminal.LiveDisplay;
import dev.stabilitylab.lab.report.terminal.LiveStatus;
import dev.stabilitylab.lab.report.terminal.LiveTicker;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.verdict.Judge;
import dev.stabilitylab.lab.verdict.Judgement;
import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.world.World;
import dev.stabilitylab.lab.world.remote.RemoteWorld;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays a simulation in a world of its own, once or several times, and judges every run. */
public final class Playback {

    private final World world;
    private final Simulation simulation;
    private final PlaybackOptions options;
    private final LiveDisplay display;
    private final @Nullable Path faultLog;
    private volatile int current;

    /**
     * Plays nothing yet.
     *
     * @param world not started yet; see {@link World} for what its owner has to arrange
     * @param simulation scaled, and with the variants that are to be played
     * @param display shows what goes on
     */
    public Playback(World world, Simulation simulation, PlaybackOptions options, LiveDisplay display) {
        this(world, simulation, options, display, null);
    }

    /**
     * Plays nothing yet.
     *
     * @param world not started yet; see {@link World} for what its owner has to arrange
     * @param simulation scaled, and with the variants that are to be played
     * @param display shows what goes on
     * @param faultLog file to which the fault injector's events go, of all runs; null for none
     */
    public Playback(
            World world, Simulation simulation, PlaybackOptions options, LiveDisplay display, @Nullable Path faultLog) {
        this.world = world;
        this.simulation = simulation;
        this.options = options;
        this.display = display;
        this.faultLog = faultLog;
    }

    /**
     * Starts the world, plays in it, and closes it and the display.
     *
     * @param finished told of each run as soon as it is judged, before the next one begins; recordings are large, and are not
     *     kept here
     * @return one judgement for each run
     * @throws dev.stabilitylab.lab.world.WorldException when the world does not come up or does not do as it is told, or is
     *     closed meanwhile
     */
    public List<Judgement> play(Consumer<FinishedRun> finished) throws InterruptedException {
        try (world) {
            world.start();
            FaultLog faults = faultLog();
            try (Annotations annotations = annotations()) {
                return play(annotations == null ? RunListener.NONE : annotations, finished);
            } finally {
                if (faults != null) {
                    faults.close();
                }
            }
        }
    }

    private List<Judgement> play(RunListener listener, Consumer<FinishedRun> finished) throws InterruptedException {
        List<Judgement> judgements = new ArrayList<>();
        SimulationRunner runner = new SimulationRunner(world, simulation, display::event, listener);
        LiveTicker ticker = new LiveTicker(display, () -> status(runner));
        try {
            for (int run = 1; run <= options.runs(); run++) {
                current = run;
                FinishedRun played = play(runner, run);
                judgements.add(played.judgement());
                tell(run, played.judgement().result());
                finished.accept(played);
            }
        } finally {
            ticker.close();
        }
        return List.copyOf(judgements);
    }

    private FinishedRun play(SimulationRunner runner, int run) throws InterruptedException {
        long seed = options.seed() + run - 1;
        Map<String, Object> environment = Environment.describe(options.home(), seed, options.timeScale());
        List<Recording> recordings = runner.play(seed);
        return new FinishedRun(run, recordings, Judge.judge(simulation, recordings, world.name(), environment));
    }

    /** Of one among several; what came of a single run is its owner's to say. */
    private void tell(int run, RunResult result) {
        if (options.runs() > 1) {
            display.event("Run %d of %d: %d of %d expectations held."
                    .formatted(
                            run,
                            options.runs(),
                            result.expectationsHeld(),
                            result.expectations().size()));
        }
    }

    private @Nullable LiveStatus status(SimulationRunner runner) {
        LiveStatus status = runner.status();
        return status == null || options.runs() == 1 ? status : status.inRun(current, options.runs());
    }

    private @Nullable FaultLog faultLog() throws InterruptedException {
        return faultLog == null ? null : FaultLog.start(world.injector(), faultLog, display::event);
    }

    /** Only for a system that was up: one that the lab starts is on nobody's dashboards. */
    private @Nullable Annotations annotations() throws InterruptedException {
        URI grafana = world instanceof RemoteWorld remote ? remote.grafana() : null;
        return grafana == null ? null : Annotations.at(grafana, System.getenv("LAB_GRAFANA_TOKEN"), display::event);
    }
}

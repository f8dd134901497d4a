package dev.stabilitylab.lab.run;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.RunListener;
import dev.stabilitylab.lab.report.terminal.LiveStatus;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Variant;
import dev.stabilitylab.lab.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays the variants of a simulation one after another in a world that is up, as often as one likes. */
public final class SimulationRunner {

    /** A system that has just been started is slow until its code is compiled; without this, the first variant would pay for all. */
    private static final Duration FRESH_SYSTEM = Duration.ofSeconds(10);

    private final World world;
    private final Simulation simulation;
    private final Consumer<String> events;
    private final RunListener listener;
    private Duration moreWarmUp = FRESH_SYSTEM;
    private volatile @Nullable VariantRun current;

    /**
     * Plays nothing yet.
     *
     * @param events told in a line each what happens
     * @param listener told the same, and of changes of breakers, as data
     */
    public SimulationRunner(World world, Simulation simulation, Consumer<String> events, RunListener listener) {
        this.world = world;
        this.simulation = simulation;
        this.events = events;
        this.listener = listener;
    }

    /** How long it takes to play all variants once in a world that has just been started. */
    public static Duration playingTime(Simulation simulation) {
        return simulation
                .warmUp()
                .plus(simulation.duration())
                .multipliedBy(simulation.variants().size())
                .plus(FRESH_SYSTEM);
    }

    /**
     * Plays all variants.
     *
     * @param seed of the load's arrivals; the same for every variant, so that all get the same load
     * @return one recording for each variant, in the script's order
     * @throws dev.stabilitylab.lab.world.WorldException when the system does not do as it is told, or a part of it dies
     */
    public List<Recording> play(long seed) throws InterruptedException {
        List<Recording> recordings = new ArrayList<>();
        for (Variant variant : simulation.variants()) {
            Duration warmUp = simulation.warmUp().plus(moreWarmUp);
            moreWarmUp = Duration.ZERO;
            VariantRun run = new VariantRun(world, simulation, variant, warmUp, seed, events, listener);
            current = run;
            recordings.add(run.play());
        }
        current = null;
        return List.copyOf(recordings);
    }

    /** Where the run stands; null between variants. From any thread. */
    public @Nullable LiveStatus status() {
        VariantRun run = current;
        return run == null ? null : run.status();
    }
}

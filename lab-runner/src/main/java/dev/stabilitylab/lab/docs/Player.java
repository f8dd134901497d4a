package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.script.Simulation;
import java.util.List;

/** Plays simulations, each in a fresh system. */
public interface Player {

    /**
     * Plays all variants, as often as pages are to be filled from.
     *
     * @return one for each time; none when this process is being ended
     * @throws dev.stabilitylab.lab.world.WorldException when it cannot be played
     */
    List<PlayedRun> play(Simulation simulation) throws InterruptedException;
}

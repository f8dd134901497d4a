package dev.stabilitylab.lab.run;

import java.nio.file.Path;

/**
 * How a simulation is played.
 *
 * @param home the project's directory
 * @param timeScale by which the simulation was scaled already; for the record
 * @param seed of the load's arrivals in the first run; each run after it takes the next number
 * @param runs how often all variants are played, at least 1
 */
public record PlaybackOptions(Path home, double timeScale, long seed, int runs) {}

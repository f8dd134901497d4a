package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.verdict.RunResult;
import java.util.List;

/**
 * A simulation that was played once.
 *
 * @param recordings one for each variant, in the script's order
 */
public record PlayedRun(List<Recording> recordings, RunResult result) {}

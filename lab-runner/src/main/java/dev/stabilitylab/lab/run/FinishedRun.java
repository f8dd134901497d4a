package dev.stabilitylab.lab.run;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.verdict.Judgement;
import java.util.List;

/**
 * A run of all variants, recorded and judged.
 *
 * @param number from 1
 * @param recordings one for each variant, in the script's order
 */
public record FinishedRun(int number, List<Recording> recordings, Judgement judgement) {}

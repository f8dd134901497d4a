package dev.stabilitylab.lab.verdict;

import java.util.List;

/**
 * What came out of judging a run.
 *
 * @param result figures and expectations; an expectation that could not be checked is not in it
 * @param notes for people: one sentence for each expectation that was left out, since it speaks of a variant that did not run
 */
public record Judgement(RunResult result, List<String> notes) {}

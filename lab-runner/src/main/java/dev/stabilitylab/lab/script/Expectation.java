package dev.stabilitylab.lab.script;

/**
 * What must hold in a variant, as it stands in the script, e.g. {@code rate in first seconds < 0.25 x rate in before}.
 *
 * @param text the script's words
 * @param line where it stands in the script, from 1
 * @param claim what the words mean
 */
public record Expectation(String text, int line, Claim claim) {}

package dev.stabilitylab.lab.report.palette;

/**
 * What a colour stands for.
 *
 * @param key in data, e.g. {@code timed_out}
 * @param label for people, e.g. {@code timed out}
 * @param light the colour on a light ground, e.g. {@code #0072B2}
 * @param dark the colour on a dark ground: the same hue, brighter where that is needed
 */
public record Swatch(String key, String label, String light, String dark) {}

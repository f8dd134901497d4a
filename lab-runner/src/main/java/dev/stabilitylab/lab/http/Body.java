package dev.stabilitylab.lab.http;

/**
 * The body of an answer.
 *
 * @param text decoded as UTF-8; at most as many bytes as the limit allows
 * @param truncated whether there was more; the rest was not read, and the connection closed
 */
public record Body(String text, boolean truncated) {}

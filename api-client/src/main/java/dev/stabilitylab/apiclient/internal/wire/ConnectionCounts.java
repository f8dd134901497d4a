package dev.stabilitylab.apiclient.internal.wire;

/**
 * The connections to one upstream.
 *
 * @param leased in use by an attempt
 * @param idle kept alive for the next one
 * @param pending attempts that wait for one
 * @param max how many there may be
 */
public record ConnectionCounts(int leased, int idle, int pending, int max) {}

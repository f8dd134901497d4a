package dev.stabilitylab.faultinjector.schedule;

/**
 * A change at a moment.
 *
 * @param atMillis from the start of the schedule
 */
public record Event(long atMillis, Action action) {}

package dev.stabilitylab.faultinjector.schedule;

import java.util.List;

/**
 * What a schedule is to do.
 *
 * @param events in any order
 * @param keepaliveMillis when nobody has said for so long that the schedule is still wanted, it is cancelled; 0 for never
 */
public record Timeline(List<Event> events, long keepaliveMillis) {

    /** Copies the list. */
    public Timeline {
        events = List.copyOf(events);
    }
}

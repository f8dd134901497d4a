package dev.stabilitylab.lab.record;

/**
 * One request for a page. Times are microseconds from the start of the recording; a page belongs to the moment in which it
 * ended.
 *
 * @param dueMicros when it was due; negative when that was before the recording
 * @param endedMicros when its answer was complete, or given up
 * @param status the HTTP status, or 0 when there was none
 */
public record Page(long dueMicros, long endedMicros, PageKind kind, int status) {

    /** Time from due to ended. */
    public long latencyMicros() {
        return endedMicros - dueMicros;
    }
}

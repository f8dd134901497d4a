package dev.stabilitylab.lab.record;

/**
 * One request for a page. Times are microseconds from the start of the recording; a page belongs to the moment in which it
 * ended.
 *
 * @param dueMicros when it was due; negative when that was before the recording
 * @param endedMicros when its answer was complete, or given up
 * @param status the HTTP status, or 0 when there was none
 * @param group of the load whose user asked, by its place from 0; a byte, since a recording has many thousands of pages
 * @param reload whether the user had asked before in the same visit
 * @param retryAfter whether the answer said when to come back
 */
public record Page(
        long dueMicros, long endedMicros, PageKind kind, int status, byte group, boolean reload, boolean retryAfter) {

    /** The first request of a visit, by a user of the first group. */
    public Page(long dueMicros, long endedMicros, PageKind kind, int status) {
        this(dueMicros, endedMicros, kind, status, (byte) 0, false);
    }

    /** A page whose answer did not say when to come back. */
    public Page(long dueMicros, long endedMicros, PageKind kind, int status, byte group, boolean reload) {
        this(dueMicros, endedMicros, kind, status, group, reload, false);
    }

    /** Time from due to ended. */
    public long latencyMicros() {
        return endedMicros - dueMicros;
    }

    /** The same page in time from another moment. */
    Page since(long micros) {
        return new Page(dueMicros - micros, endedMicros - micros, kind, status, group, reload, retryAfter);
    }
}

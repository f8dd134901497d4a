package dev.stabilitylab.faultinjector.events;

/**
 * Something that has happened.
 *
 * @param id one more than that of the event before
 * @param text as it is sent, to its blank line
 */
record ServerSentEvent(long id, String text) {

    /** The data must be of a single line. */
    static ServerSentEvent of(long id, String name, String data) {
        return new ServerSentEvent(id, "id: %d\nevent: %s\ndata: %s\n\n".formatted(id, name, data));
    }

    /** Says that events are lost: those after the one number and before the other. It has the number of the last of them. */
    static ServerSentEvent gap(long after, long next) {
        return of(next - 1, "gap", "{\"event\":\"gap\",\"after\":%d,\"next\":%d}".formatted(after, next));
    }
}

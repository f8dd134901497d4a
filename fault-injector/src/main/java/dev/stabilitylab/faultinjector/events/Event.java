package dev.stabilitylab.faultinjector.events;

/**
 * Something that has happened.
 *
 * @param id one more than that of the event before
 * @param text as it is sent, to its blank line
 */
record Event(long id, String text) {

    /** The data must be of a single line. */
    static Event of(long id, String name, String data) {
        return new Event(id, "id: %d\nevent: %s\ndata: %s\n\n".formatted(id, name, data));
    }
}

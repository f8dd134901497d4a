package dev.stabilitylab.faultinjector.events;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest events. Keeps {@value #MAX_EVENTS} of them at most, and fewer when they have more than {@value #MAX_CHARS} chars
 * together; but always the last one.
 */
final class EventLog {

    static final int MAX_EVENTS = 1000;
    static final int MAX_CHARS = 4 * 1024 * 1024;

    private final TreeMap<Long, ServerSentEvent> events = new TreeMap<>();
    private long lastId;
    private long chars;

    /** The first event has the number behind that one. */
    EventLog(long lastId) {
        this.lastId = lastId;
    }

    synchronized long lastId() {
        return lastId;
    }

    synchronized void add(String name, String data) {
        lastId++;
        ServerSentEvent event = ServerSentEvent.of(lastId, name, data);
        events.put(lastId, event);
        chars += event.text.length();
        while (events.size() > MAX_EVENTS || (chars > MAX_CHARS && events.size() > 1)) {
            chars -= events.pollFirstEntry().getValue().text.length();
        }
    }

    /** The first one that is kept with a greater number; it is not the next one if some in between were not kept. */
    synchronized @Nullable ServerSentEvent after(long id) {
        Map.Entry<Long, ServerSentEvent> entry = events.higherEntry(id);
        return entry == null ? null : entry.getValue();
    }

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

        /** Says that events are lost: those after the one number and before this one. It has the number of the last of them. */
        ServerSentEvent gapAfter(long last) {
            return of(id - 1, "gap", "{\"event\":\"gap\",\"after\":%d,\"next\":%d}".formatted(last, id));
        }
    }
}

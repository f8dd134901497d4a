package dev.stabilitylab.faultinjector.events;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells events to everyone who listens, and keeps the latest: {@value #MAX_EVENTS} of them at most, and fewer when they have more than
 * {@value #MAX_CHARS} chars together; but always the last one. Their numbers begin with the time of the start, in microseconds, so that a
 * client which comes back after a restart with a number from before is told of the gap.
 */
public final class EventStreams implements AutoCloseable {

    static final int MAX_EVENTS = 1000;
    static final int MAX_CHARS = 4 * 1024 * 1024;

    /** How many may listen at the same time. */
    private static final int MAX_STREAMS = 64;

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final Duration heartbeat;
    private final Duration stuck;
    private final TreeMap<Long, ServerSentEvent> events = new TreeMap<>();
    private long lastId;
    private long chars;

    /** With the times that docs/fault-injector.md says. */
    public EventStreams(Clock clock) {
        this(clock, Duration.ofSeconds(15), Duration.ofSeconds(10));
    }

    /**
     * Nothing has happened yet.
     *
     * @param heartbeat between two comments, which show both sides that the other one is still there
     * @param stuck a reader's socket may take nothing for so long before it is cut
     */
    EventStreams(Clock clock, Duration heartbeat, Duration stuck) {
        this.heartbeat = heartbeat;
        this.stuck = stuck;
        this.lastId = TimeUnit.MILLISECONDS.toMicros(clock.millis());
    }

    /** Something has happened. The data must be of a single line. */
    public void publish(String name, String data) {
        add(name, data);
        streams.forEach(EventStream::wake);
    }

    private synchronized void add(String name, String data) {
        lastId++;
        ServerSentEvent event = ServerSentEvent.of(lastId, name, data);
        events.put(lastId, event);
        chars += event.text.length();
        while (events.size() > MAX_EVENTS || (chars > MAX_CHARS && events.size() > 1)) {
            chars -= events.pollFirstEntry().getValue().text.length();
        }
    }

    synchronized long lastId() {
        return lastId;
    }

    /** The first one that is kept with a greater number; it is not the next one if some in between were not kept. */
    synchronized @Nullable ServerSentEvent after(long id) {
        Map.Entry<Long, ServerSentEvent> entry = events.higherEntry(id);
        return entry == null ? null : entry.getValue();
    }

    /**
     * Makes a connection a stream of events, until either side closes it: those from now on, or those behind the number that the
     * request has as its {@code Last-Event-ID}. To be called where events are published, or one may be missed or sent before
     * the answer.
     *
     * @param channel on which the request came; nothing may have been answered to it
     * @param head of the answer
     * @throws IllegalStateException when there is no room for another stream
     * @throws IllegalArgumentException when {@code Last-Event-ID} is not a number
     */
    public void open(Channel channel, HttpRequest request, HttpResponse head) {
        if (streams.size() >= MAX_STREAMS) {
            throw new IllegalStateException("there are %d streams of events already; close one".formatted(MAX_STREAMS));
        }
        EventStream stream = new EventStream(channel, this, lastSeen(request));
        stream.begin(request.protocolVersion(), head, heartbeat, stuck);
        streams.add(stream);
        channel.closeFuture().addListener(done -> streams.remove(stream));
        stream.wake();
    }

    /** The number of the last event that need not be sent. A number from the future is from another log, and so worth nothing. */
    private long lastSeen(HttpRequest request) {
        String id = request.headers().get("Last-Event-ID", "");
        if (id.isEmpty()) {
            return lastId();
        }
        try {
            long number = Long.parseLong(id);
            return number > lastId() ? 0 : number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Last-Event-ID is \"%s\"; it must be the id of an event".formatted(id), e);
        }
    }

    /** Ends all streams in good order. */
    @Override
    public void close() {
        streams.forEach(EventStream::end);
    }

    /**
     * Something that has happened.
     *
     * @param id one more than that of the event before
     * @param text as it is sent, to its blank line
     */
    record ServerSentEvent(long id, String text) {

        private static ServerSentEvent of(long id, String name, String data) {
            return new ServerSentEvent(id, "id: %d\nevent: %s\ndata: %s\n\n".formatted(id, name, data));
        }

        /** Says that events are lost: those after the one number and before this one. It has the number of the last of them. */
        ServerSentEvent gapAfter(long last) {
            return of(id - 1, "gap", "{\"event\":\"gap\",\"after\":%d,\"next\":%d}".formatted(last, id));
        }
    }
}

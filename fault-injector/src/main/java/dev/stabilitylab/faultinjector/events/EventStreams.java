package dev.stabilitylab.faultinjector.events;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Tells events to everyone who listens. The numbers of events begin with the time of the start, in microseconds, so that a client which
 * comes back after a restart with a number from before is told of the gap.
 */
public final class EventStreams implements AutoCloseable {

    /** How many may listen at the same time. */
    private static final int MAX_STREAMS = 64;

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final EventLog log;
    private final Duration heartbeat;
    private final Duration stuck;

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
        log = new EventLog(TimeUnit.MILLISECONDS.toMicros(clock.millis()));
    }

    /** Something has happened. The data must be of a single line. */
    public void publish(String name, String data) {
        log.add(name, data);
        streams.forEach(EventStream::wake);
    }

    /**
     * Makes a connection a stream of events, until either side closes it: those from now on, or those behind the number that the
     * request has as its {@code Last-Event-ID}. To be called where events are published, or one may be missed or sent before
     * the answer.
     *
     * @param channel on which the request came; nothing may have been answered to it
     * @param headers of the answer, besides those that make it a stream of events
     * @throws IllegalStateException when there is no room for another stream
     * @throws IllegalArgumentException when {@code Last-Event-ID} is not a number
     */
    public void open(Channel channel, HttpRequest request, HttpHeaders headers) {
        if (streams.size() >= MAX_STREAMS) {
            throw new IllegalStateException("there are %d streams of events already; close one".formatted(MAX_STREAMS));
        }
        EventStream stream = new EventStream(channel, log, lastSeen(request));
        stream.begin(request.protocolVersion(), headers, heartbeat, stuck);
        streams.add(stream);
        channel.closeFuture().addListener(done -> streams.remove(stream));
        stream.wake();
    }

    /** The number of the last event that need not be sent. A number from the future is from another log, and so worth nothing. */
    private long lastSeen(HttpRequest request) {
        String id = request.headers().get("Last-Event-ID", "");
        if (id.isEmpty()) {
            return log.lastId();
        }
        try {
            long number = Long.parseLong(id);
            return number > log.lastId() ? 0 : number;
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
}

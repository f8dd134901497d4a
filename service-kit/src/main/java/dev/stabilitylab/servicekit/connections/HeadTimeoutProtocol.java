package dev.stabilitylab.servicekit.connections;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1 with a limit on the time of a whole head. Tomcat itself limits the time between two bytes only, so that a client that
 * sends one from time to time keeps its connection for hours.
 */
public final class HeadTimeoutProtocol extends Http11NioProtocol {

    private static final int MILLIS_BETWEEN_LOOKS = 500;

    /** How long a thread that a burst has left behind waits for more to do. */
    private static final int THREAD_IDLE_MILLIS = 10_000;

    private Map<SocketWrapperBase<?>, Head> heads = new HashMap<>();
    private Duration limit = Duration.ofSeconds(10);
    private @Nullable Future<?> looks;

    /** For Tomcat, which makes it by its name. */
    public HeadTimeoutProtocol() {
        getEndpoint().setThreadsMaxIdleTime(THREAD_IDLE_MILLIS);
    }

    void setHeadTimeout(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void start() throws Exception {
        super.start();
        looks = getUtilityExecutor()
                .scheduleWithFixedDelay(
                        () -> endSlowHeads(getEndpoint()), MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS, MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (looks != null) {
            looks.cancel(false);
        }
        super.stop();
    }

    private <S> void endSlowHeads(AbstractEndpoint<S, ?> endpoint) {
        Map<SocketWrapperBase<?>, Head> now = new HashMap<>();
        for (SocketWrapperBase<S> connection : endpoint.getConnections()) {
            // Tomcat keeps a processor at a connection between two events only while it has read a part of a head.
            if (connection.getCurrentProcessor() instanceof Processor processor) {
                Head head = Head.of(processor, heads.get(connection));
                now.put(connection, head);
                if (System.nanoTime() - head.seenNanos() > limit.toNanos()) {
                    // Closes it, in its turn with whatever else happens on that connection.
                    endpoint.processSocket(connection, SocketEvent.ERROR, true);
                }
            }
        }
        heads = now;
    }

    /**
     * A head of which a part has come.
     *
     * @param processor with {@code requests} tells it from other heads of the same connection
     * @param seenNanos when it was seen first
     */
    private record Head(Processor processor, int requests, long seenNanos) {

        static Head of(Processor processor, @Nullable Head before) {
            int requests = processor.getRequest().getRequestProcessor().getRequestCount();
            return before != null && before.processor == processor && before.requests == requests
                    ? before
                    : new Head(processor, requests, System.nanoTime());
        }
    }
}

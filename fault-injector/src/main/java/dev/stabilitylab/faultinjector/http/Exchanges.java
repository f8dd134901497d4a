package dev.stabilitylab.faultinjector.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges of a connection whose responses are not through yet, in order. When there are too many of them, the upstream's channel
 * counts as not writable, so that no more is read from the client.
 */
final class Exchanges {

    /** Nobody sends that many requests ahead, but one who does not read the answers. */
    static final int MAX_OUTSTANDING = 1024;

    private static final int WRITABILITY_INDEX = 1;

    private final Channel upstream;
    private final Queue<Exchange> queue = new ArrayDeque<>(4);
    private int ownResponses;
    private boolean full;

    Exchanges(Channel upstream) {
        this.upstream = upstream;
    }

    void add(Exchange exchange) {
        queue.add(exchange);
        ownResponses += exchange.ownResponse() == null ? 0 : 1;
        if (queue.size() >= MAX_OUTSTANDING && !full) {
            setFull(true);
        }
    }

    /** The one whose response is due next. */
    @Nullable
    Exchange first() {
        return queue.peek();
    }

    /** The one whose response is under way. */
    Exchange current() {
        return queue.element();
    }

    void removeFirst() {
        Exchange gone = queue.remove();
        ownResponses -= gone.ownResponse() == null ? 0 : 1;
        if (full && queue.size() <= MAX_OUTSTANDING / 2) {
            setFull(false);
        }
    }

    void clear() {
        queue.clear();
        ownResponses = 0;
        if (full) {
            setFull(false);
        }
    }

    /** Whether somebody waits for a response that is not the upstream's. */
    boolean haveOwnResponses() {
        return ownResponses > 0;
    }

    private void setFull(boolean now) {
        full = now;
        setWritable(upstream, WRITABILITY_INDEX, !now);
    }

    /** Says whether a channel may be written to as far as one reason is concerned, which has that index. */
    static void setWritable(Channel channel, int index, boolean writable) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        // There is none any more when the channel is closed.
        if (buffer != null) {
            buffer.setUserDefinedWritability(index, writable);
        }
    }
}

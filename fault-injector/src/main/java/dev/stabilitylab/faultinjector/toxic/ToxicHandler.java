package dev.stabilitylab.faultinjector.toxic;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/**
 * A toxic at work on one direction of one connection. It sits in the pipeline of the channel that the bytes are read from, before
 * the handler that passes them to the other side. Inbound it sees chunks of bytes and, as a user event, the end of the
 * direction; outbound it sees the demand for more ({@code read}), which it may hold back. It tells the connection what to do
 * with a {@link Signal}.
 *
 * <p>When only the settings change, a fresh handler takes the place of this one: then {@link #lift} is not called,
 * but {@link #succeed} of the fresh one.
 */
public abstract class ToxicHandler extends ChannelDuplexHandler {

    private ToxicMeter meter = new ToxicMeter() {};

    /** Says where to count what this handler does; to be called before it is put into a pipeline. */
    public final void countWith(ToxicMeter other) {
        meter = other;
    }

    protected final ToxicMeter meter() {
        return meter;
    }

    /** This handler is about to take the place of one of the same type; what that one knows of the connection is still needed. */
    public void succeed(ToxicHandler predecessor) {}

    /** The toxic is being taken off the open connection; the handler is removed right after this call. */
    public void lift(ChannelHandlerContext ctx) {}
}

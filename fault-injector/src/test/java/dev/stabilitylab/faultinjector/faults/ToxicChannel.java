package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.ShapingHandler;
import dev.stabilitylab.faultinjector.toxic.ShapingToxic;
import dev.stabilitylab.faultinjector.toxic.Signal;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A toxic on a channel without a network, whose time stands still until it is told to go on. */
final class ToxicChannel {

    private final List<Object> events = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private ToxicHandler handler;
    private long nanos = Long.MAX_VALUE - 1;
    private boolean demanding = true;
    private int reads;

    ToxicChannel(String type, Map<String, ?> attributes) {
        this(toxic(type, attributes));
    }

    static Toxic toxic(String type, Map<String, ?> attributes) {
        return ToxicTypes.find(type).orElseThrow().create(attributes);
    }

    private ToxicChannel(Toxic toxic) {
        handler = handler(toxic);
        assemble();
    }

    ToxicChannel(Shaper shaper) {
        handler = new ShapingHandler(shaper, () -> nanos);
        assemble();
    }

    private ToxicHandler handler(Toxic toxic) {
        SplittableRandom random = new SplittableRandom(1);
        return toxic instanceof ShapingToxic paced
                ? new ShapingHandler(paced.newShaper(random), () -> nanos)
                : toxic.newHandler(random);
    }

    private void assemble() {
        channel.freezeTime();
        channel.pipeline()
                .addLast(new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void read(ChannelHandlerContext ctx) {
                        reads++;
                    }
                })
                .addLast(handler)
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelReadComplete(ChannelHandlerContext ctx) {
                        if (demanding) {
                            ctx.read();
                        }
                    }

                    @Override
                    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                        events.add(event);
                    }
                });
        channel.runScheduledPendingTasks();
    }

    void receive(String text) {
        receive(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    void receive(ByteBuf bytes) {
        channel.writeInbound(bytes);
    }

    /** Another toxic, before this one, gives that signal. */
    void receive(Signal signal) {
        channel.pipeline().fireUserEventTriggered(signal);
    }

    void receiveEnd() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    void advance(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    void demand() {
        demanding = true;
        channel.pipeline().read();
    }

    /** From now on nobody takes more, until somebody does. */
    void stopDemanding() {
        demanding = false;
    }

    /** Demands that got past the toxic. */
    int demands() {
        return reads;
    }

    void lift() {
        handler.lift(channel.pipeline().context(handler));
        channel.pipeline().remove(handler);
    }

    void replace(Toxic toxic) {
        ToxicHandler other = handler(toxic);
        other.succeed(handler);
        channel.pipeline().replace(handler, "other", other);
        handler = other;
    }

    void close() {
        channel.finishAndReleaseAll();
    }

    /** What has come through since the last time it was asked. */
    String passed() {
        return String.join("", passedPieces());
    }

    /** The same, piece by piece. */
    List<String> passedPieces() {
        List<String> pieces = new ArrayList<>();
        ByteBuf piece = channel.readInbound();
        while (piece != null) {
            pieces.add(piece.toString(StandardCharsets.UTF_8));
            piece.release();
            piece = channel.readInbound();
        }
        return pieces;
    }

    List<Object> events() {
        return events;
    }
}

package dev.stabilitylab.faultinjector.http;

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

/** A connection to an upstream without a network, with HTTP faults on it. Bytes are texts, a character each. */
final class HttpChannel implements AutoCloseable {

    private final List<Object> events = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final StringBuilder toUpstream = new StringBuilder();
    private final StringBuilder toClient = new StringBuilder();
    private boolean demanding = true;
    private int reads;
    private long nanos = 1_000_000;

    HttpChannel() {
        channel.freezeTime();
        channel.pipeline()
                .addLast(new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void read(ChannelHandlerContext ctx) {
                        reads++;
                    }
                })
                .addLast(new HttpHandler(() -> nanos))
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        toClient.append(text((ByteBuf) message));
                    }

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
        channel.pipeline().read();
    }

    private static String text(ByteBuf bytes) {
        try {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        } finally {
            bytes.release();
        }
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    /** Adds a fault behind those that are there. */
    FaultSlot add(String type, Map<String, ?> attributes) {
        FaultSlot slot = (FaultSlot)
                HttpToxicTypes.find(type).orElseThrow().create(attributes).newHandler(new SplittableRandom(7));
        channel.pipeline().addBefore(channel.pipeline().lastContext().name(), null, slot);
        return slot;
    }

    void remove(FaultSlot slot) {
        channel.pipeline().remove(slot);
    }

    HttpChannel request(String text) {
        if (!text.isEmpty()) {
            channel.writeOutbound(bytes(text));
        }
        drain();
        return this;
    }

    private void drain() {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            toUpstream.append(text(out));
        }
    }

    HttpChannel respond(String text) {
        channel.writeInbound(bytes(text));
        return this;
    }

    /** The client has sent all. */
    void endRequests() {
        channel.writeOutbound(Unpooled.EMPTY_BUFFER);
        drain();
    }

    /** The upstream has sent all. */
    void endResponses() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    void advance(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    /** From now on the client takes nothing. */
    void stopDemanding() {
        demanding = false;
    }

    /** From now on the client takes everything again. */
    void demand() {
        demanding = true;
        channel.pipeline().read();
    }

    boolean isWritable() {
        channel.runPendingTasks();
        return channel.isWritable();
    }

    int reads() {
        return reads;
    }

    /** All that has gone to the upstream. */
    String toUpstream() {
        drain();
        return toUpstream.toString();
    }

    /** All that has gone to the client. */
    String toClient() {
        return toClient.toString();
    }

    List<Object> events() {
        return events;
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}

package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.http.ClientEnd.Demand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to an upstream without a network, with HTTP faults on it. Bytes are texts, a character each. */
final class HttpChannel implements AutoCloseable {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final EmbeddedChannel clientChannel = new EmbeddedChannel();
    private final ClientEnd client = new ClientEnd();
    private final StringBuilder toUpstream = new StringBuilder();
    private final List<ByteBuf> sent = new ArrayList<>();
    private int reads;
    private @Nullable ChannelFuture end;
    private long nanos = 1_000_000;
    private int clockReadings = Integer.MAX_VALUE;

    HttpChannel() {
        channel.freezeTime();
        // Or else it would demand more whenever it has sent something in.
        channel.config().setAutoRead(false);
        channel.pipeline()
                .addLast(new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void read(ChannelHandlerContext ctx) {
                        reads++;
                    }
                })
                .addLast(new HttpHandler(clientChannel, this::nanoTime))
                .addLast(client);
        channel.pipeline().read();
    }

    private long nanoTime() {
        if (clockReadings-- == 0) {
            throw new IllegalStateException("broken clock");
        }
        return nanos;
    }

    private ByteBuf bytes(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        sent.add(bytes);
        return bytes;
    }

    private static HttpToxic.Slot slot(String type, Map<String, ?> attributes) {
        return (HttpToxic.Slot)
                ToxicTypes.find(type).orElseThrow().create(attributes).newHandler(new SplittableRandom(7));
    }

    /** Adds a fault of responses behind those that are there. */
    HttpToxic.Slot add(String type, Map<String, ?> attributes) {
        HttpToxic.Slot slot = slot(type, attributes);
        add(slot);
        return slot;
    }

    void add(HttpToxic.Slot slot) {
        channel.pipeline().addBefore(channel.pipeline().lastContext().name(), null, slot);
    }

    /** Adds a fault of requests behind those that are there. */
    HttpToxic.Slot addForRequests(String type, Map<String, ?> attributes) {
        HttpToxic.Slot slot = slot(type, attributes);
        clientChannel.pipeline().addLast(slot);
        return slot;
    }

    void remove(HttpToxic.Slot slot) {
        (channel.pipeline().context(slot) == null ? clientChannel : channel)
                .pipeline()
                .remove(slot);
    }

    HttpChannel request(String text) {
        if (!text.isEmpty()) {
            ChannelFuture unused = channel.writeAndFlush(bytes(text), channel.voidPromise());
            channel.runPendingTasks();
        }
        drain();
        return this;
    }

    private void drain() {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            toUpstream.append(ClientEnd.take(out));
        }
    }

    HttpChannel respond(String text) {
        channel.writeInbound(bytes(text));
        return this;
    }

    /** The client has sent all. */
    void endRequests() {
        end = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        drain();
    }

    /** Whether the upstream can be told that the client has sent all. */
    boolean hasEnded() {
        return end != null && end.isSuccess();
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

    /** Has the handler fail once, when it has asked for the time so many times more. */
    void breakClockAfter(int readings) {
        clockReadings = readings;
    }

    /** From now on the client takes more then. */
    void demand(Demand when) {
        client.demand(when);
        if (when != Demand.NEVER) {
            channel.pipeline().read();
        }
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
        return client.text();
    }

    List<Object> events() {
        return client.events();
    }

    /** What came to the end of the pipeline, where it cuts the connection. */
    List<Throwable> failures() {
        return client.failures();
    }

    /** From now on failures do not cut the connection. */
    void keepOpen() {
        client.keepOpen();
    }

    /** Whether the connection has not been cut. */
    boolean isOpen() {
        channel.runPendingTasks();
        return channel.isOpen();
    }

    /** How many of the chunks that came from one of both sides are still somebody's. */
    long unreleased() {
        return sent.stream().filter(bytes -> bytes.refCnt() > 0).count();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        clientChannel.finishAndReleaseAll();
    }
}

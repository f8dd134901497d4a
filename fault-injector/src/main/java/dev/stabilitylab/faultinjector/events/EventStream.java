package dev.stabilitylab.faultinjector.events;

import dev.stabilitylab.faultinjector.events.EventStreams.ServerSentEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One who listens. Takes events only while the socket takes them, so a slow reader costs no memory but its socket's: it
 * is told of what it missed, and cut when nothing gets through for too long.
 */
final class EventStream extends ChannelInboundHandlerAdapter {

    private static final int SOCKET_BYTES = 64 * 1024;
    private static final String HEARTBEAT = ":\n\n";
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private final Channel channel;
    private final EventStreams events;
    private final AtomicBoolean awake = new AtomicBoolean();
    private long lastSent;

    EventStream(Channel channel, EventStreams events, long lastSeen) {
        this.channel = channel;
        this.events = events;
        this.lastSent = lastSeen;
    }

    /** Sends the head, and takes the place of what answered the request. Nothing is sent before the head is. */
    void begin(HttpVersion version, HttpResponse head, Duration heartbeat, Duration stuck) {
        channel.eventLoop().execute(() -> {
            if (!channel.isActive()) {
                return;
            }
            channel.config().setOption(ChannelOption.SO_SNDBUF, SOCKET_BYTES);
            channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(SOCKET_BYTES / 2, SOCKET_BYTES));
            channel.pipeline().remove(HttpObjectAggregator.class);
            channel.pipeline().removeLast();
            channel.pipeline()
                    .addLast(new WriteTimeoutHandler(stuck.toMillis(), TimeUnit.MILLISECONDS))
                    .addLast(this);
            HttpUtil.setTransferEncodingChunked(head, version.isKeepAliveDefault());
            channel.writeAndFlush(head).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            beat();
            Future<?> beating = channel.eventLoop()
                    .scheduleAtFixedRate(this::beat, heartbeat.toMillis(), heartbeat.toMillis(), TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(closed -> beating.cancel(false));
            // To see when the other side ends. Whoever has asked for more already has it closed, behind the stream's
            // head.
            channel.config().setAutoRead(true);
        });
    }

    private void beat() {
        send(HEARTBEAT);
        channel.flush();
    }

    /** There may be something to send. May be called from any thread. */
    void wake() {
        if (awake.compareAndSet(false, true)) {
            channel.eventLoop().execute(this::sendWhatIsThere);
        }
    }

    private void sendWhatIsThere() {
        awake.set(false);
        ServerSentEvent next = events.after(lastSent);
        while (next != null && channel.isActive() && channel.isWritable()) {
            if (next.id() != lastSent + 1) {
                send(next.gapAfter(lastSent).text());
            }
            send(next.text());
            lastSent = next.id();
            next = events.after(lastSent);
        }
        channel.flush();
    }

    private void send(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        channel.write(new DefaultHttpContent(bytes)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** Ends the stream in good order, behind what has been sent. May be called from any thread. */
    void end() {
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            // Not from here: this may be called in the middle of a write, which another one must not get into.
            wake();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
        log.debug("{} asked for something on a stream of events", channel);
        close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        // Nobody who still reads has a reason to end their side.
        if (event instanceof ChannelInputShutdownEvent) {
            close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("Stream of events {} broke", channel, cause);
        close();
    }

    private void close() {
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}

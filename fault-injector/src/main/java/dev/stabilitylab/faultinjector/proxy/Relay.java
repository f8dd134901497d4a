package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.toxic.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a channel's pipeline: passes what is read here on to the other channel, and its end too. It asks for more only while
 * the other side takes it ({@code AUTO_READ} is off), so a slow reader slows the sender and nothing piles up here.
 */
final class Relay extends ChannelInboundHandlerAdapter {

    static final String NAME = "relay";

    /**
     * Room for a chunk: as much as the last ones needed, but at most 128 KiB. Bulk goes a quarter faster than with Netty's 64 KiB, and
     * hardly faster with more; what is read for a reader that never reads is one chunk.
     */
    static final RecvByteBufAllocator CHUNKS = new AdaptiveRecvByteBufAllocator(64, 2048, 128 * 1024);

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private final Connection connection;
    private final Direction direction;
    private final SocketChannel sink;
    private final StreamCounts counts;
    /** A toxic ends the connection, as soon as what came before is sent. */
    private boolean ending;

    Relay(Connection connection, Direction direction, SocketChannel sink, StreamCounts counts) {
        this.connection = connection;
        this.direction = direction;
        this.sink = sink;
        this.counts = counts;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (ending) {
            ReferenceCountUtil.release(message);
            return;
        }
        counts.sent.add(((ByteBuf) message).readableBytes());
        // A failed write comes back as an exception in the sink's own pipeline.
        ChannelFuture unused = sink.write(message, sink.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        sink.flush();
        if (sink.isWritable() && !ending) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        // This channel is the other one's sink.
        if (ctx.channel().isWritable()) {
            sink.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (ending) {
            return;
        }
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            passEnd();
        } else if (event instanceof Signal signal) {
            switch (signal) {
                case CLOSE -> endWhenSent(connection::close);
                case RESET -> endWhenSent(connection::reset);
                case END_WITHHELD -> connection.ended(direction);
            }
        }
    }

    private void endWhenSent(Runnable end) {
        ending = true;
        sink.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> end.run());
    }

    private void passEnd() {
        // Shutting down the output drops what is not flushed: wait for it.
        sink.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess()) {
                sink.shutdownOutput().addListener(done -> connection.ended(direction));
            } else {
                connection.reset();
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.reset();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("Connection {} of {} broke", ctx.channel(), connection, cause);
        connection.reset();
    }
}

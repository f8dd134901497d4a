package dev.stabilitylab.faultinjector.events;

import dev.stabilitylab.faultinjector.proxy.EventLoops;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Answers every request with a stream of events. */
final class StreamServer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final EventLoops loops = new EventLoops();
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final EventStreams streams;
    private final Channel server;

    StreamServer(Duration heartbeat, Duration stuck) {
        streams = new EventStreams(Clock.systemUTC(), heartbeat, stuck);
        server = loops.newServerBootstrap()
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        clients.add(client);
                        client.pipeline()
                                .addLast(new IdleStateHandler(0, 0, 60))
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(1024))
                                .addLast(new Opener());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /** Asks for a stream, and returns when the answer has begun, of which the first byte is read. */
    Socket connect(int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setReceiveBufferSize(receiveBufferBytes);
        socket.connect(server.localAddress());
        socket.getOutputStream().write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        if (socket.getInputStream().read() != 'H') {
            throw new IOException("no answer");
        }
        return socket;
    }

    EventStreams streams() {
        return streams;
    }

    /** Whether the server has this connection still. */
    boolean has(Socket socket) {
        return clients.stream()
                .anyMatch(client -> socket.getLocalSocketAddress().equals(client.remoteAddress()));
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        clients.close().syncUninterruptibly();
        loops.close();
    }

    private final class Opener extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            streams.open(ctx.channel(), request, new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        }
    }
}

package dev.stabilitylab.faultinjector.proxy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.ThreadFactory;

/** How sockets are driven. */
public enum Transport {
    /** Linux's epoll, through Netty's native code. */
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {
        @Override
        EventLoopGroup newGroup(int threads, ThreadFactory factory) {
            return new EpollEventLoopGroup(threads, factory);
        }
    },

    /** What Java itself has, anywhere. */
    NIO(NioServerSocketChannel.class, NioSocketChannel.class) {
        @Override
        EventLoopGroup newGroup(int threads, ThreadFactory factory) {
            return new NioEventLoopGroup(threads, factory);
        }
    };

    private final Class<? extends ServerSocketChannel> serverChannel;
    private final Class<? extends SocketChannel> channel;

    Transport(Class<? extends ServerSocketChannel> serverChannel, Class<? extends SocketChannel> channel) {
        this.serverChannel = serverChannel;
        this.channel = channel;
    }

    /** The best that can be used here; {@code -Dio.netty.transport.noNative=true} rules the native one out. */
    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    abstract EventLoopGroup newGroup(int threads, ThreadFactory factory);

    /** Channels that listen. */
    public Class<? extends ServerSocketChannel> serverChannel() {
        return serverChannel;
    }

    /** Channels that connect. */
    Class<? extends SocketChannel> channel() {
        return channel;
    }
}

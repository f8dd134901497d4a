package dev.stabilitylab.faultinjector.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollMode;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.ThreadFactory;

/** What moves bytes between the program and the operating system. Channels and event loops must be of the same. */
public enum Transport {
    /**
     * Linux's epoll, through Netty's native code. Edge-triggered, its default, it would read each time until there is nothing more, also
     * when nobody asks for more.
     */
    EPOLL,

    /** Java's own, which is there everywhere. */
    NIO;

    /** The fastest that can be used here; {@code -Dio.netty.transport.noNative=true} rules the native one out. */
    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    EventLoopGroup newGroup(int threads, ThreadFactory factory) {
        return this == EPOLL ? new EpollEventLoopGroup(threads, factory) : new NioEventLoopGroup(threads, factory);
    }

    /** For listening. */
    public ServerBootstrap newServerBootstrap() {
        if (this == EPOLL) {
            return new ServerBootstrap()
                    .channel(EpollServerSocketChannel.class)
                    .childOption(EpollChannelOption.EPOLL_MODE, EpollMode.LEVEL_TRIGGERED);
        }
        // By default it accepts several clients before it tells of the first one, more than may be let in.
        return new ServerBootstrap()
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1));
    }

    /** For connecting. */
    Bootstrap newBootstrap() {
        return this == EPOLL
                ? new Bootstrap()
                        .channel(EpollSocketChannel.class)
                        .option(EpollChannelOption.EPOLL_MODE, EpollMode.LEVEL_TRIGGERED)
                : new Bootstrap().channel(NioSocketChannel.class);
    }
}

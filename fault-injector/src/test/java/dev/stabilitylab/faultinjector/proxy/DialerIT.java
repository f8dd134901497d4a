package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the loopback network of Linux, where every address that begins with 127 can be listened at. */
@Timeout(60)
class DialerIT {

    private static final long PATIENCE_MILLIS = 20_000;

    private final EventLoops loops = new EventLoops();
    private final EventLoop loop = loops.workers().next();
    private final List<Socket> waiting = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        loops.close();
        for (Socket socket : waiting) {
            socket.close();
        }
    }

    @Test
    void triesTheNextAddressWhenOneRefuses() throws Exception {
        try (ServerSocket server = listen("127.0.0.3", 0)) {
            SocketChannel channel = dial(server.getLocalPort(), PATIENCE_MILLIS, "127.0.0.2", "127.0.0.3")
                    .get();

            assertThat(channel.remoteAddress().getAddress()).isEqualTo(server.getInetAddress());
        }
    }

    @Test
    void leavesTimeForTheNextAddressWhenOneIsSilent() throws Exception {
        try (ServerSocket silent = listen("127.0.0.2", 0);
                ServerSocket server = listen("127.0.0.3", silent.getLocalPort())) {
            fillBacklog(silent);

            SocketChannel channel =
                    dial(server.getLocalPort(), 2000, "127.0.0.2", "127.0.0.3").get();

            assertThat(channel.remoteAddress().getAddress()).isEqualTo(server.getInetAddress());
        }
    }

    @Test
    void failsWithTheLastFailureAndTheOthersWithin() throws Exception {
        int nobody;
        try (ServerSocket closed = listen("127.0.0.2", 0)) {
            nobody = closed.getLocalPort();
        }

        Throwable cause =
                dial(nobody, PATIENCE_MILLIS, "127.0.0.2", "127.0.0.3").await().cause();

        assertThat(cause).isInstanceOf(ConnectException.class).hasMessageContaining("127.0.0.3");
        assertThat(cause.getSuppressed()).singleElement().asString().contains("127.0.0.2");
    }

    @Test
    void failsWhenTheNameIsUnknown() {
        assertThatThrownBy(() -> dial(1, PATIENCE_MILLIS, host -> {
                            throw new UnknownHostException(host);
                        })
                        .sync())
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("many.test");
    }

    @Test
    void givesUpOnALookupThatHangs() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);

        Throwable cause = dial(1, 100, host -> {
                    awaitQuietly(hanging);
                    return List.of();
                })
                .await()
                .cause();
        hanging.countDown();

        assertThat(cause)
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessage("no connection to many.test:1 within 100 ms");
    }

    private Future<SocketChannel> dial(int port, long limitMillis, String... addresses) throws Exception {
        List<InetAddress> found = new ArrayList<>();
        for (String address : addresses) {
            found.add(InetAddress.getByName(address));
        }
        return dial(port, limitMillis, host -> found);
    }

    private Future<SocketChannel> dial(int port, long limitMillis, Lookup lookup) {
        Dialer dialer = new Dialer(new Address("many.test", port), new Resolver(lookup, loops.lookups()), limitMillis);
        Promise<SocketChannel> outcome = loop.newPromise();
        loop.execute(() -> dialer.dial(loop).addListener(new PromiseNotifier<>(outcome)));
        return outcome;
    }

    private static ServerSocket listen(String address, int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName(address));
    }

    /** Until the operating system drops attempts to connect, since nobody accepts. */
    private void fillBacklog(ServerSocket server) throws IOException {
        boolean full = false;
        while (!full) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 200);
            } catch (SocketTimeoutException e) {
                full = true;
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

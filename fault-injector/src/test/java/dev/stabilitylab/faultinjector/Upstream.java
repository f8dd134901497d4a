package dev.stabilitylab.faultinjector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server behind a proxy, with a thread for each connection. */
final class Upstream implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Upstream.class);

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger open = new AtomicInteger();

    private Upstream(InetAddress address, int port, Conversation conversation) throws IOException {
        server = new ServerSocket(port, 500, address);
        threads.execute(() -> accept(conversation));
    }

    static Upstream echo() throws IOException {
        return of(socket -> {
            socket.getInputStream().transferTo(socket.getOutputStream());
            socket.shutdownOutput();
        });
    }

    static Upstream of(Conversation conversation) throws IOException {
        return at(InetAddress.getLoopbackAddress(), 0, conversation);
    }

    static Upstream at(InetAddress address, int port, Conversation conversation) throws IOException {
        return new Upstream(address, port, conversation);
    }

    int port() {
        return server.getLocalPort();
    }

    int openConnections() {
        return open.get();
    }

    private void accept(Conversation conversation) {
        try {
            while (true) {
                Socket socket = server.accept();
                open.incrementAndGet();
                threads.execute(() -> talk(socket, conversation));
            }
        } catch (IOException e) {
            log.debug("Upstream stopped", e);
        }
    }

    private void talk(Socket socket, Conversation conversation) {
        try (socket) {
            conversation.talk(socket);
        } catch (IOException e) {
            log.debug("Connection broke", e);
        } finally {
            open.decrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    interface Conversation {
        void talk(Socket socket) throws IOException;
    }
}

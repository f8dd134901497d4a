package dev.stabilitylab.faultinjector.endurance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server on a free port, with a thread for each connection. */
final class ThreadedServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ThreadedServer.class);
    private static final int MAX_IDLE_MILLIS = 30_000;

    private final ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Conversation conversation;

    ThreadedServer(Conversation conversation) throws IOException {
        this.conversation = conversation;
        threads.execute(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> talk(socket));
            }
        } catch (IOException e) {
            log.debug("Stopped", e);
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            socket.setSoTimeout(MAX_IDLE_MILLIS);
            conversation.on(socket);
        } catch (IOException e) {
            log.debug("Connection broke", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    /** What is said on a connection, which is closed afterwards. */
    interface Conversation {
        void on(Socket socket) throws IOException;
    }
}

package dev.stabilitylab.apiclient.internal.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does to each connection what a test says, and counts the requests that really arrive. */
public final class RawServer implements Closeable {

    /** What is done once a request's head has been read. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(Socket connection) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final AtomicInteger requests = new AtomicInteger();
    private final BlockingQueue<Boolean> closings = new LinkedBlockingQueue<>();

    public RawServer(Behaviour behaviour) {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        Thread acceptor = new Thread(() -> accept(behaviour), "raw-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Requests whose head arrived. */
    public int requests() {
        return requests.get();
    }

    /** Gets an element for each connection that the client closed. */
    public BlockingQueue<Boolean> closings() {
        return closings;
    }

    private void accept(Behaviour behaviour) {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Thread server = new Thread(() -> serve(connection, behaviour), "raw-server-connection");
                server.setDaemon(true);
                server.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection, Behaviour behaviour) {
        try (connection) {
            while (readHead(connection)) {
                requests.incrementAndGet();
                behaviour.answer(connection);
                if (connection.isClosed()) {
                    return;
                }
            }
        } catch (IOException broken) {
            // The client is gone, which is what some tests are about.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        closings.add(true);
    }

    private static boolean readHead(Socket connection) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int next = connection.getInputStream().read();
            if (next < 0) {
                return false;
            }
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}

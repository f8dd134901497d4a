package dev.stabilitylab.lab.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server on a free port that answers with anything, or not at all, and counts. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger requests = new AtomicInteger();

    private RawServer() throws IOException {
        this.server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    }

    /** What happens on a connection; its end closes the connection. */
    public interface Conversation {

        /** Talks; {@link Requests#await()} waits for the next request. */
        void talk(Socket socket, Requests requests) throws Exception;
    }

    /** The requests on one connection. */
    public interface Requests {

        /** The next request's head; null when the other side has closed. */
        @Nullable
        String await() throws IOException;
    }

    /** Every connection has a thread. */
    public static RawServer talking(Conversation conversation) throws IOException {
        RawServer server = new RawServer();
        server.accept(socket -> server.threads.execute(() -> server.serve(socket, conversation)));
        return server;
    }

    /** Accepts connections and keeps them open; no threads but one. */
    public static RawServer hanging() throws IOException {
        RawServer server = new RawServer();
        server.accept(socket -> {});
        return server;
    }

    /** An answer with a length. */
    public static byte[] answer(int status, String body, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return (head + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    /** Where it listens. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Connections accepted so far. */
    public List<Socket> sockets() {
        return List.copyOf(sockets);
    }

    /** Requests read so far, by conversations. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets()) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private interface OnAccept {
        void accepted(Socket socket);
    }

    private void accept(OnAccept onAccept) {
        threads.execute(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    onAccept.accepted(socket);
                }
            } catch (IOException e) {
                // Closed: the test is over.
            }
        });
    }

    private void serve(Socket socket, Conversation conversation) {
        try (socket) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            conversation.talk(socket, () -> head(reader));
        } catch (Exception e) {
            // The other side went away, or the test is over.
        }
    }

    private @Nullable String head(BufferedReader reader) throws IOException {
        StringBuilder head = new StringBuilder();
        String line = reader.readLine();
        if (line == null) {
            return null;
        }
        while (line != null && !line.isEmpty()) {
            head.append(line).append('\n');
            line = reader.readLine();
        }
        requests.incrementAndGet();
        return head.toString();
    }
}

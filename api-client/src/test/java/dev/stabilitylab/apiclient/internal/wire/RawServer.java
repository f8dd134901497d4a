package dev.stabilitylab.apiclient.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A server that does to each connection what a script says, byte for byte, and counts the requests that really arrive. */
final class RawServer implements Closeable {

    /** What is done to a connection from the moment it is accepted. The connection is closed when the script ends. */
    @FunctionalInterface
    interface Script {

        /**
         * Serves one connection.
         *
         * @param number of the connection, from 1
         */
        void serve(Peer peer, int number) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final @Nullable SSLContext tls;
    private final Script script;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    RawServer(Script script) {
        this(null, script);
    }

    /** @param tls what the script reads and writes is encrypted with it; null for plain text */
    RawServer(@Nullable SSLContext tls, Script script) {
        this.listener = listener();
        this.tls = tls;
        this.script = script;
        start("raw-server", this::accept);
    }

    /** Sends the same text for every request. */
    static RawServer answering(String response) {
        return new RawServer((peer, number) -> peer.answerAll(response));
    }

    private static ServerSocket listener() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    URI url() {
        return URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + port());
    }

    /** Requests whose head arrived. */
    int requests() {
        return requests.get();
    }

    /** Connections whose script is running: a script that waits for the client to close it ends no earlier. */
    int open() {
        return open.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                open.add(connection);
                int number = accepted.incrementAndGet();
                start("raw-server-connection", () -> serve(connection, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection, int number) {
        try (connection) {
            connection.setTcpNoDelay(true);
            script.serve(new Peer(connection), number);
        } catch (IOException clientIsGone) {
            // Many tests are about just that.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket each : open) {
            each.close();
        }
    }

    /** The server's side of one connection. */
    final class Peer {

        private final Socket raw;
        private final Socket socket;
        private final InputStream in;

        private Peer(Socket raw) throws IOException {
            this.raw = raw;
            this.socket = tls == null ? raw : encrypted(tls, raw);
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        private static Socket encrypted(SSLContext tls, Socket raw) throws IOException {
            SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
            socket.setUseClientMode(false);
            return socket;
        }

        /** Reads the head of a request; false when the client has closed the connection. */
        boolean readHead() throws IOException {
            return !readHeadAsText().isEmpty();
        }

        /** The head of a request; empty when the client has closed the connection. */
        String readHeadAsText() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return "";
                }
                head.append((char) next);
            }
            requests.incrementAndGet();
            return head.toString();
        }

        void answerAll(String response) throws IOException {
            while (readHead()) {
                send(response);
            }
        }

        /** Reads one request, sends the text and waits until the client closes the connection. */
        void answerOnce(String response) throws IOException {
            readHead();
            send(response);
            awaitClose();
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        }

        void sendForever(String text) throws IOException {
            byte[] bytes = text.getBytes(US_ASCII);
            while (true) {
                socket.getOutputStream().write(bytes);
            }
        }

        /** One byte every few milliseconds. */
        void drip(String text) throws IOException, InterruptedException {
            for (byte each : text.getBytes(US_ASCII)) {
                socket.getOutputStream().write(each);
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }

        /** Ends the connection with a TCP reset. */
        void reset() throws IOException {
            raw.setSoLinger(true, 0);
            raw.close();
        }

        /** Ends the connection; with TLS, after its own farewell. */
        void close() throws IOException {
            socket.close();
        }

        /** Ends the connection below TLS, without its farewell. */
        void cut() throws IOException {
            raw.close();
        }

        void awaitClose() throws IOException {
            while (in.read() >= 0) {
                // Whatever else the client sends.
            }
        }
    }
}

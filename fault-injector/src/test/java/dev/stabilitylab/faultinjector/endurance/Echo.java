package dev.stabilitylab.faultinjector.endurance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that sends back what it gets, until its client ends, with a thread for each connection. */
final class Echo implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Echo.class);
    private static final int MAX_IDLE_MILLIS = 30_000;

    private final ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Echo() throws IOException {
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

    private static void talk(Socket socket) {
        try (socket) {
            socket.setSoTimeout(MAX_IDLE_MILLIS);
            InputStream in = socket.getInputStream();
            in.transferTo(socket.getOutputStream());
        } catch (IOException e) {
            log.debug("Connection broke", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}

package dev.stabilitylab.apiclient.internal.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;

/** A server whose queue of connections is full and stays so: a further connection is neither made nor refused. */
final class FullServer implements Closeable {

    private final ServerSocket listener;
    private final Deque<Socket> queue = new ArrayDeque<>();

    FullServer() throws IOException {
        this(0, InetAddress.getLoopbackAddress());
    }

    FullServer(int port, InetAddress address) throws IOException {
        listener = new ServerSocket(port, 1, address);
        boolean full = false;
        while (!full) {
            Socket next = new Socket();
            queue.add(next);
            try {
                next.connect(listener.getLocalSocketAddress(), 100);
            } catch (IOException hangs) {
                full = true;
            }
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        for (Socket each : queue) {
            each.close();
        }
        listener.close();
    }
}

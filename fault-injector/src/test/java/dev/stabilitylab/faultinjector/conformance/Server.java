package dev.stabilitylab.faultinjector.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** What is behind a proxy: hands out its connections one by one. */
public final class Server implements AutoCloseable {

    static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket socket;

    public Server() throws IOException {
        socket = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String address() {
        return "127.0.0.1:" + port();
    }

    /** The next connection; waits for it. */
    Socket accept() throws IOException {
        Socket accepted = socket.accept();
        accepted.setSoTimeout(PATIENCE_MILLIS);
        accepted.setTcpNoDelay(true);
        return accepted;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

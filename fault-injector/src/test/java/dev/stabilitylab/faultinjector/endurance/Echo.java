package dev.stabilitylab.faultinjector.endurance;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A server that sends back what it gets, until its client ends. */
final class Echo implements AutoCloseable {

    private final ThreadedServer server = new ThreadedServer(Echo::talk);

    Echo() throws IOException {}

    String address() {
        return server.address();
    }

    private static void talk(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        in.transferTo(socket.getOutputStream());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Both ends of a connection through a proxy. */
public record Link(Socket client, Socket server) implements AutoCloseable {

    /** How long nothing has to come for it to count as never. */
    private static final int SILENCE_MILLIS = 200;

    private static final byte[] GREETING = "hello world\n".getBytes(StandardCharsets.US_ASCII);

    /** Connects through a proxy at that port to that server. */
    public static Link through(int port, Server server) throws IOException {
        Socket client = connect(port);
        try {
            return new Link(client, server.accept());
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    static Socket connect(int port) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout(Server.PATIENCE_MILLIS);
        client.setTcpNoDelay(true);
        return client;
    }

    /** Whether somebody listens at that port. */
    public static boolean accepts(int port) {
        try (Socket client = connect(port)) {
            return client.isConnected();
        } catch (ConnectException refused) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The end that the bytes come from. */
    public Socket sender(Way way) {
        return way == Way.UPSTREAM ? client : server;
    }

    /** The end that the bytes go to. */
    public Socket receiver(Way way) {
        return way == Way.UPSTREAM ? server : client;
    }

    void send(Way way, byte[] bytes) throws IOException {
        sender(way).getOutputStream().write(bytes);
    }

    byte[] receive(Way way, int count) throws IOException {
        return receiver(way).getInputStream().readNBytes(count);
    }

    /** Bytes get through, both ways. */
    void assertCarries() throws IOException {
        for (Way way : Way.values()) {
            send(way, GREETING);
            assertThat(receive(way, GREETING.length)).isEqualTo(GREETING);
        }
    }

    /** Nothing comes out at that end, and neither does it end. */
    void assertSilent(Way way) throws IOException {
        receiver(way).setSoTimeout(SILENCE_MILLIS);
        try {
            int read = receiver(way).getInputStream().read();
            throw new AssertionError("%s brought %d".formatted(way, read));
        } catch (SocketTimeoutException e) {
            receiver(way).setSoTimeout(Server.PATIENCE_MILLIS);
        }
    }

    /** Both ends are over, in whatever way. */
    void assertCut() throws IOException {
        assertThat(isOver(client)).as("client's end").isTrue();
        assertThat(isOver(server)).as("server's end").isTrue();
    }

    static boolean isOver(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Both ends, closed. */
    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}

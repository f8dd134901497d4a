package dev.stabilitylab.apiclient.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A socket with one deadline for all that happens on it: each read and each write waits only for what is left. So whoever does the I/O also
 * finds out that the time is over, and no timer has to break in on it. An interrupt or {@link #close} on another thread ends a wait at once.
 */
final class TimedSocket extends Socket {

    private final SocketChannel channel;
    private final TimedInput input = new TimedInput();
    private final TimedOutput output = new TimedOutput();
    private long deadline;

    private TimedSocket(SocketChannel channel) throws SocketException {
        super((java.net.SocketImpl) null);
        this.channel = channel;
    }

    /** A socket that is not connected. Registering it before {@link #connect(InetSocketAddress)} lets another thread close it. */
    static TimedSocket open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            return new TimedSocket(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** From now on everything must end by then, in nanoseconds as of {@link System#nanoTime()}. */
    void endBy(long nanos) {
        deadline = nanos;
    }

    /** @throws SocketTimeoutException when the deadline comes first */
    void connect(InetSocketAddress address) throws IOException {
        channel.socket().setTcpNoDelay(true);
        channel.socket().connect(address, millisLeft());
    }

    /** Whether it is open and nothing has come, not even the peer's end. Whatever has come is lost. */
    boolean isQuiet() {
        try {
            channel.configureBlocking(false);
            int count = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return count == 0;
        } catch (IOException broken) {
            return false;
        }
    }

    private int millisLeft() throws SocketTimeoutException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        // Rounded up: a timeout of zero would be none.
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    // The deadline is the only timeout.
    @Override
    public synchronized void setSoTimeout(int timeout) {}

    @Override
    public synchronized int getSoTimeout() {
        return 0;
    }

    @Override
    public void setSoLinger(boolean on, int linger) throws SocketException {
        channel.socket().setSoLinger(on, linger);
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return channel.socket().getRemoteSocketAddress();
    }

    @Override
    public java.net.InetAddress getInetAddress() {
        return channel.socket().getInetAddress();
    }

    @Override
    public int getPort() {
        return channel.socket().getPort();
    }

    @Override
    public int getLocalPort() {
        return channel.socket().getLocalPort();
    }

    private final class TimedInput extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Socket socket = channel.socket();
            socket.setSoTimeout(millisLeft());
            return socket.getInputStream().read(bytes, offset, length);
        }
    }

    private final class TimedOutput extends OutputStream {

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            millisLeft();
            channel.configureBlocking(false);
            try {
                channel.write(buffer);
                while (buffer.hasRemaining()) {
                    awaitRoom();
                    channel.write(buffer);
                }
            } finally {
                if (channel.isOpen()) {
                    channel.configureBlocking(true);
                }
            }
        }

        // Rare: the peer does not read, and the system's buffers are full.
        private void awaitRoom() throws IOException {
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_WRITE);
                selector.select(millisLeft());
            }
            // Unlike other blocking operations, a selector neither closes the channel nor throws.
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
        }
    }
}

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
        channel.socket().connect(address, millisLeft());
        channel.socket().setTcpNoDelay(true);
    }

    /** What a read does when nothing is there. */
    void whenNothingIsThere(Patience patience) {
        input.patience = patience;
    }

    /** Whether the peer's end of the stream was seen. */
    boolean hasEnded() {
        return input.ended;
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

    /** How long a read waits. */
    enum Patience {
        /** Until the deadline. */
        WAIT,
        /** Not at all, but looks. */
        LOOK,
        /** Not at all, and only what was read before counts. */
        NONE
    }

    private final class TimedInput extends InputStream {

        private Patience patience = Patience.WAIT;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = switch (patience) {
                case WAIT -> readUntilDeadline(bytes, offset, length);
                case LOOK -> readWhatIsThere(bytes, offset, length);
                case NONE -> throw new NothingThere();
            };
            ended |= count < 0;
            return count;
        }

        private int readUntilDeadline(byte[] bytes, int offset, int length) throws IOException {
            Socket socket = channel.socket();
            socket.setSoTimeout(millisLeft());
            return socket.getInputStream().read(bytes, offset, length);
        }

        private int readWhatIsThere(byte[] bytes, int offset, int length) throws IOException {
            channel.configureBlocking(false);
            try {
                int count = channel.read(ByteBuffer.wrap(bytes, offset, length));
                if (count == 0) {
                    throw new NothingThere();
                }
                return count;
            } finally {
                channel.configureBlocking(true);
            }
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
                if (selector.select(millisLeft()) == 0
                        && !Thread.currentThread().isInterrupted()) {
                    millisLeft();
                }
            }
        }
    }

    /** Without a stack trace: it is what is expected. */
    private static final class NothingThere extends SocketTimeoutException {

        NothingThere() {
            super("nothing to read");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}

package dev.stabilitylab.apiclient.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fast server of one thread for many short attempts. It answers {@code /7} with {@code [7]}, after a random time; now and then it closes or
 * resets the connection instead, before the answer or in the middle of it, or never answers.
 */
public final class StormServer implements AutoCloseable {

    private static final int BACKLOG = 4096;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final ByteBuffer received = ByteBuffer.allocate(64 * 1024);
    private final SplittableRandom random;
    private final long slowest;
    private final AtomicLong requests = new AtomicLong();
    private final Thread thread = new Thread(this::run, "storm-server");
    private volatile boolean closed;

    /**
     * A server that is up.
     *
     * @param slowest half of the answers come at once, the other half within this time in nanoseconds
     */
    public StormServer(long seed, long slowest) throws IOException {
        this.random = new SplittableRandom(seed);
        this.slowest = slowest;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.socket().getLocalPort());
    }

    /** Requests that arrived. */
    public long requests() {
        return requests.get();
    }

    private void run() {
        try {
            while (!closed) {
                Due next = due.peek();
                long wait = next == null ? Long.MAX_VALUE : next.at - System.nanoTime();
                if (wait <= 0) {
                    due.remove().now();
                } else if (wait < 1_000_000) {
                    selector.selectNow(this::serve);
                } else {
                    selector.select(this::serve, Math.min(100, TimeUnit.NANOSECONDS.toMillis(wait)));
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                read(key);
            }
        } catch (IOException broken) {
            close(key.channel());
        }
    }

    private void accept() throws IOException {
        for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.register(selector, SelectionKey.OP_READ);
        }
    }

    // A request of the storm is small and comes in one piece, and the next one not before the answer.
    private void read(SelectionKey key) throws IOException {
        SocketChannel client = (SocketChannel) key.channel();
        received.clear();
        int count = client.read(received);
        if (count < 0) {
            client.close();
            return;
        }
        String request = new String(received.array(), 0, count, US_ASCII);
        if (!request.endsWith("\r\n\r\n")) {
            throw new IOException("not one whole request");
        }
        requests.incrementAndGet();
        String body = "[" + request.substring("GET /".length(), request.indexOf(" HTTP/1.1")) + "]";
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
        long delay = random.nextBoolean() ? 0 : random.nextLong(slowest);
        due.add(new Due(System.nanoTime() + delay, client, answer, random.nextInt(100)));
    }

    private static void close(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception alreadyBroken) {
            // It is closed all the same.
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** An answer, or what comes in its place. */
    private record Due(long at, SocketChannel client, String answer, int chance) implements Comparable<Due> {

        void now() {
            try {
                if (chance < 5) {
                    client.close();
                } else if (chance < 10) {
                    client.setOption(StandardSocketOptions.SO_LINGER, 0);
                    client.close();
                } else if (chance < 15) {
                    write(answer.substring(0, answer.length() * chance / 16));
                    client.close();
                } else if (chance < 20) {
                    write(answer);
                    client.close();
                } else if (chance < 98) {
                    write(answer);
                }
            } catch (IOException clientIsGone) {
                StormServer.close(client);
            }
        }

        private void write(String text) throws IOException {
            client.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
        }

        @Override
        public int compareTo(Due other) {
            return Long.signum(at - other.at);
        }
    }
}

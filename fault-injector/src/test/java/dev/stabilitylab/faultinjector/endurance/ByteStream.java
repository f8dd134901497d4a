package dev.stabilitylab.faultinjector.endurance;

import dev.stabilitylab.faultinjector.conformance.Link;
import dev.stabilitylab.faultinjector.conformance.Way;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Random bytes on their way through a proxy, as many as fit until somebody says that it is enough. */
final class ByteStream implements AutoCloseable {

    private static final int CHUNK = 16 * 1024;
    /** So that a fast machine does not spend its time on hashing. */
    private static final long PAUSE_NANOS = 1_000_000;

    private static final long PATIENCE_SECONDS = 60;

    private final Link link;
    private final Way way;
    private final long seed;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CompletableFuture<Long> sent;
    private final CompletableFuture<Received> received;
    private volatile boolean enough;

    ByteStream(Link link, Way way, long seed) {
        this.link = link;
        this.way = way;
        this.seed = seed;
        sent = CompletableFuture.supplyAsync(this::send, threads);
        received = CompletableFuture.supplyAsync(this::receive, threads);
    }

    /** Ends it, and returns how many bytes were sent. */
    long end() throws Exception {
        enough = true;
        return sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for the end of what comes out. */
    Received received() throws Exception {
        return received.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private long send() {
        Bytes bytes = new Bytes(seed);
        long count = 0;
        try {
            while (!enough) {
                link.sender(way).getOutputStream().write(bytes.next(CHUNK));
                count += CHUNK;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            link.sender(way).shutdownOutput();
        } catch (IOException cut) {
            // Some toxics do that. What counts is what came out.
            return count;
        }
        return count;
    }

    private Received receive() {
        MessageDigest digest = Bytes.digest();
        long count = 0;
        try {
            InputStream in = link.receiver(way).getInputStream();
            byte[] buffer = new byte[CHUNK];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                count += read;
            }
        } catch (SocketException reset) {
            return new Received(count, Bytes.hex(digest), true);
        } catch (IOException e) {
            throw new AssertionError("neither bytes nor the end after " + count, e);
        }
        return new Received(count, Bytes.hex(digest), false);
    }

    @Override
    public void close() throws IOException {
        enough = true;
        link.close();
        threads.shutdownNow();
    }

    /**
     * What came out.
     *
     * @param hash SHA-256
     * @param reset whether it ended with a TCP reset
     */
    record Received(long count, String hash, boolean reset) {}
}

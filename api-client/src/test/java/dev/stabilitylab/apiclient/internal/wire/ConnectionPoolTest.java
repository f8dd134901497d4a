package dev.stabilitylab.apiclient.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectionPoolTest {

    private static final long LONG = TimeUnit.SECONDS.toNanos(20);
    private static final int THREADS = 4;
    private static final Target PLAIN = Target.of(URI.create("http://127.0.0.1:1"));

    private final ConnectionPool pool = new ConnectionPool(2, LONG, LONG);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void closesAConnectionThatWasAddedBeforeThePoolWasClosed() throws IOException {
        Connection connection = Connection.create(0);
        pool.add(connection);

        pool.close();

        assertThat(isClosed(connection)).isTrue();
    }

    @Test
    void closesAConnectionThatIsAddedAfterThePoolWasClosed() throws IOException {
        Connection connection = Connection.create(0);
        pool.close();

        pool.add(connection);

        assertThat(isClosed(connection)).isTrue();
    }

    @Test
    void closesEveryConnectionWhicheverOfAddingAndClosingComesFirst() throws Exception {
        for (int round = 0; round < 500; round++) {
            ConnectionPool racing = new ConnectionPool(1, LONG, LONG);
            Connection connection = Connection.create(0);
            CyclicBarrier start = new CyclicBarrier(2);
            Future<?> closing = threads.submit(() -> {
                start.await();
                racing.close();
                return null;
            });
            start.await();
            racing.add(connection);
            closing.get();

            assertThat(isClosed(connection)).isTrue();
        }
    }

    @Test
    void givesThePermitToWhoWaitsForIt() throws Exception {
        take();
        take();
        Future<Boolean> waiting = threads.submit(() -> pool.acquire(LONG));
        awaitPending(1);

        pool.release(null, 0);

        assertThat(waiting.get()).isTrue();
        assertThat(pool.counts()).isEqualTo(new ConnectionCounts(2, 0, 0, 2));
    }

    @Test
    void keepsThePermitThatComesAfterTheWaitIsOver() throws Exception {
        take();
        take();
        assertThat(pool.acquire(0)).isFalse();

        pool.release(null, 0);

        assertThat(pool.acquire(0)).isTrue();
        assertThat(pool.counts().leased()).isEqualTo(2);
    }

    @Test
    void losesNoPermitToAThreadThatIsInterruptedWhileItWaits() throws Exception {
        take();
        take();
        CountDownLatch ended = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            assertThatThrownBy(() -> pool.acquire(LONG)).isInstanceOf(InterruptedException.class);
            ended.countDown();
        });
        waiting.start();
        awaitPending(1);

        waiting.interrupt();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        pool.release(null, 0);
        pool.release(null, 0);

        take();
        take();
        assertThat(pool.acquire(0)).isFalse();
    }

    @Test
    void hasNoMoreInUseThanAllowedWhicheverThreadComesFirst() throws Exception {
        AtomicInteger inUse = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            running.add(threads.submit(() -> {
                for (int i = 0; i < 5_000; i++) {
                    if (pool.acquire(i % 3 == 0 ? 0 : LONG)) {
                        most.accumulateAndGet(inUse.incrementAndGet(), Math::max);
                        inUse.decrementAndGet();
                        pool.release(null, i);
                    }
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }

        assertThat(most.get()).isLessThanOrEqualTo(2);
        assertThat(pool.counts()).isEqualTo(new ConnectionCounts(0, 0, 0, 2));
    }

    private void take() throws InterruptedException {
        assertThat(pool.acquire(0)).isTrue();
    }

    private void awaitPending(int number) {
        while (pool.counts().pending() < number && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    /** A closed channel does not even try to connect. */
    private static boolean isClosed(Connection connection) {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        try {
            connection.connect(
                    nobody, PLAIN, (SSLSocketFactory) SSLSocketFactory.getDefault(), System.nanoTime() + LONG);
            return false;
        } catch (IOException failed) {
            return failed instanceof ClosedChannelException || failed.getCause() instanceof ClosedChannelException;
        }
    }
}

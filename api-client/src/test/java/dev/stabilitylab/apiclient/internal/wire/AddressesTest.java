package dev.stabilitylab.apiclient.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The name service answers when the test says so. */
@Timeout(30)
class AddressesTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final Addresses addresses = new Addresses("upstream", host -> {
        lookUps.incrementAndGet();
        return answer();
    });

    @Test
    void looksUpOnceForThoseThatComeBeforeTheAnswer() throws Exception {
        FutureTask<List<InetAddress>> first = new FutureTask<>(() -> addresses.lookUp(later()));
        FutureTask<List<InetAddress>> second = new FutureTask<>(() -> addresses.lookUp(later()));
        startAndAwaitWaiting(first);
        startAndAwaitWaiting(second);

        answers.add(true);

        assertThat(first.get()).containsExactly(LOOPBACK);
        assertThat(second.get()).containsExactly(LOOPBACK);
        assertThat(lookUps.get()).isEqualTo(1);
    }

    @Test
    void looksUpAnewForWhoComesAfterTheAnswer() throws Exception {
        answers.add(true);
        addresses.lookUp(later());

        answers.add(true);
        addresses.lookUp(later());

        assertThat(lookUps.get()).isEqualTo(2);
    }

    @Test
    void joinsTheLookUpThatAnotherCallerHasGivenUp() throws Exception {
        assertThatThrownBy(() -> addresses.lookUp(System.nanoTime())).isInstanceOf(SocketTimeoutException.class);
        awaitLookUps(1);
        assertThatThrownBy(() -> addresses.lookUp(System.nanoTime())).isInstanceOf(SocketTimeoutException.class);

        assertThat(lookUps.get()).isEqualTo(1);
        answers.add(true);
    }

    @Test
    void looksUpAnewAfterAFailure() throws Exception {
        answers.add(false);
        assertThatThrownBy(() -> addresses.lookUp(later()))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("upstream");

        answers.add(true);

        assertThat(addresses.lookUp(later())).containsExactly(LOOPBACK);
    }

    @Test
    void endsTheWaitWhenItIsClosedBeforeTheAnswer() throws Exception {
        FutureTask<List<InetAddress>> waiting = new FutureTask<>(() -> addresses.lookUp(later()));
        startAndAwaitWaiting(waiting);

        addresses.close();
        answers.add(true);

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(IOException.class).hasMessageContaining("any more");
    }

    @Test
    void keepsTheAnswerThatCameBeforeItWasClosed() throws Exception {
        FutureTask<List<InetAddress>> waiting = new FutureTask<>(() -> addresses.lookUp(later()));
        startAndAwaitWaiting(waiting);
        answers.add(true);
        assertThat(waiting.get()).containsExactly(LOOPBACK);

        addresses.close();

        assertThatThrownBy(() -> addresses.lookUp(later())).isInstanceOf(IOException.class);
        assertThat(lookUps.get()).isEqualTo(1);
    }

    private InetAddress[] answer() throws UnknownHostException {
        try {
            if (!answers.take()) {
                throw new UnknownHostException("upstream");
            }
            return new InetAddress[] {LOOPBACK};
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static void startAndAwaitWaiting(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING
                && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private void awaitLookUps(int number) {
        while (lookUps.get() < number && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private static long later() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    }
}

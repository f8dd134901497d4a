package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.proxy.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Upstreams with a name instead of an address. On the loopback network of Linux, where every address that begins with 127 can be
 * listened at.
 */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class UpstreamNamesIT {

    private static final String NAME = "homepage.test";

    private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
    private final CountDownLatch slowName = new CountDownLatch(1);
    private final List<Upstream> instances = new ArrayList<>();
    private Lab lab;

    @BeforeEach
    void start() throws IOException {
        startInstance(1, 0);
        int port = instances.get(0).port();
        startInstance(2, port);
        startInstance(3, port);
        lab = new Lab(new Address(NAME, port), this::lookUp);
    }

    /** Tells its number, and then what it hears. */
    private void startInstance(int number, int port) throws IOException {
        instances.add(Upstream.at(instance(number), port, socket -> {
            socket.getOutputStream().write(number);
            socket.getInputStream().transferTo(socket.getOutputStream());
        }));
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        if (host.equals("slow.test")) {
            awaitQuietly(slowName);
        }
        List<InetAddress> found = names.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        return found;
    }

    @AfterEach
    void stop() throws IOException {
        slowName.countDown();
        lab.close();
        for (Upstream instance : instances) {
            instance.close();
        }
    }

    @Test
    void takeTurnsAConnectionAtATime() throws IOException {
        names.put(NAME, List.of(instance(3), instance(1), instance(2)));

        assertThat(numbers(7)).containsExactly(1, 2, 3, 1, 2, 3, 1);
    }

    @Test
    void doWithoutAnInstanceThatIsDown() throws IOException {
        names.put(NAME, List.of(instance(1), instance(2), instance(3)));
        instances.get(1).close();

        assertThat(numbers(6)).containsExactly(1, 3, 3, 1, 3, 3);
    }

    @Test
    void areLookedUpForEveryConnection() throws IOException {
        names.put(NAME, List.of(instance(1)));
        int before = number();

        names.put(NAME, List.of(instance(2)));

        assertThat(before).isEqualTo(1);
        assertThat(number()).isEqualTo(2);
    }

    @Test
    void mayBecomeKnownLater() throws IOException {
        int whileUnknown = number();

        names.put(NAME, List.of(instance(1)));

        assertThat(whileUnknown).isEqualTo(-1);
        assertThat(number()).isEqualTo(1);
    }

    @Test
    void keepNobodyElseWaitingWhileTheyAreLookedUp() throws IOException {
        names.put(NAME, List.of(instance(1)));
        names.put("slow.test", List.of(instance(2)));
        lab.send(
                "POST",
                "/proxies",
                "{\"name\":\"slow\",\"upstream\":\"slow.test:%d\"}"
                        .formatted(instances.get(0).port()));
        List<Socket> waiting = new ArrayList<>();
        // More than there are threads that move bytes.
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors() + 2; i++) {
            waiting.add(connect(lab.portOf("slow")));
        }

        assertThat(numbers(4)).containsOnly(1);

        slowName.countDown();
        for (Socket socket : waiting) {
            try (socket) {
                assertThat(socket.getInputStream().read()).isEqualTo(2);
            }
        }
    }

    private List<Integer> numbers(int count) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(number());
        }
        return numbers;
    }

    /** The number of the instance that a new connection leads to; -1 when it is closed. */
    private int number() throws IOException {
        try (Socket socket = connect(lab.port())) {
            return socket.getInputStream().read();
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(Lab.PATIENCE_MILLIS);
        return socket;
    }

    private static InetAddress instance(int number) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) number});
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

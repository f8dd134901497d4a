package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.proxy.Resolution.Failed;
import dev.stabilitylab.faultinjector.proxy.Resolution.Found;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListenHostsTest {

    private static final Resolution TOO_MANY = new Failed("server misbehaving", "64 names are being looked up already");

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Resolver resolver = new Resolver(ListenHostsTest::lookUp, waiting::add);
    private final ListenHosts hosts = new ListenHosts(resolver, 60_000);

    private static List<InetAddress> lookUp(String host) throws UnknownHostException {
        if (host.equals("unknown")) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), InetAddress.getLoopbackAddress());
    }

    @Test
    void knowsIpAddressesAtOnce() {
        CompletableFuture<Map<String, Resolution>> answer = hosts.find(List.of("127.0.0.1", "0:0:0:0:0:0:0:1"));

        assertThat(answer)
                .isCompletedWithValue(Map.of("127.0.0.1", new Found("127.0.0.1"), "0:0:0:0:0:0:0:1", new Found("::1")));
        assertThat(waiting).isEmpty();
    }

    @Test
    void tellsWhatEachNameCameToWhenAllAreKnown() {
        CompletableFuture<Map<String, Resolution>> answer = hosts.find(List.of("auth", "unknown", "auth"));
        boolean doneAtOnce = answer.isDone();
        waiting.remove().run();
        boolean doneAfterOne = answer.isDone();
        waiting.remove().run();

        assertThat(doneAtOnce).isFalse();
        assertThat(doneAfterOne).isFalse();
        assertThat(answer)
                .isCompletedWithValue(
                        Map.of("auth", new Found("10.0.0.1"), "unknown", new Failed("no such host", "unknown host")));
    }

    @Test
    void givesUpANameThatTakesTooLong() throws Exception {
        ListenHosts impatient = new ListenHosts(resolver, 1);

        assertThat(impatient.find(List.of("auth")).get(30, TimeUnit.SECONDS))
                .isEqualTo(Map.of("auth", new Failed("i/o timeout", "auth could not be looked up within 1 ms")));
    }

    @Test
    void looksUpALimitedNumberAtATime() {
        List<CompletableFuture<Map<String, Resolution>>> answers = IntStream.range(0, ListenHosts.MAX_UNDER_WAY)
                .mapToObj(i -> hosts.find(List.of("host-" + i)))
                .toList();

        CompletableFuture<Map<String, Resolution>> oneTooMany = hosts.find(List.of("127.0.0.1", "other"));
        assertThat(oneTooMany).isCompletedWithValue(Map.of("127.0.0.1", new Found("127.0.0.1"), "other", TOO_MANY));
        waiting.remove().run();
        CompletableFuture<Map<String, Resolution>> oneForAnother = hosts.find(List.of("other"));

        assertThat(oneForAnother).isNotDone();
        waiting.forEach(Runnable::run);
        assertThat(oneForAnother).isCompletedWithValue(Map.of("other", new Found("10.0.0.1")));
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void countsThoseThatTookTooLongUntilTheyEnd() throws Exception {
        ListenHosts impatient = new ListenHosts(resolver, 1);
        for (int i = 0; i < ListenHosts.MAX_UNDER_WAY; i++) {
            impatient.find(List.of("auth")).get(30, TimeUnit.SECONDS);
        }

        assertThat(impatient.find(List.of("unknown"))).isCompletedWithValue(Map.of("unknown", TOO_MANY));
        waiting.remove().run();
        assertThat(impatient.find(List.of("unknown"))).isNotNull();
        assertThat(waiting).hasSize(1);
    }
}

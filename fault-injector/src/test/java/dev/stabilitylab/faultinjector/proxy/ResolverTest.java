package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.faultinjector.proxy.Resolution.Failed;
import dev.stabilitylab.faultinjector.proxy.Resolution.Found;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverTest {

    private static final Resolution TOO_MANY = new Failed("server misbehaving", "64 names are being looked up already");

    private final List<String> asked = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Resolver resolver = new Resolver(this::lookUp, waiting::add);
    private final Resolver toListen = new Resolver(ResolverTest::lookUpSeveral, waiting::add);

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        asked.add(host);
        if (host.equals("unknown")) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) asked.size()}));
    }

    @Test
    void looksUpOnAnotherThread() {
        CompletableFuture<List<InetAddress>> answer = resolver.resolve("auth");
        boolean doneAtOnce = answer.isDone();
        waiting.remove().run();

        assertThat(doneAtOnce).isFalse();
        assertThat(answer.join()).extracting(InetAddress::getHostAddress).containsExactly("10.0.0.1");
    }

    @Test
    void looksANameUpOnceAtATime() {
        CompletableFuture<List<InetAddress>> first = resolver.resolve("auth");
        CompletableFuture<List<InetAddress>> second = resolver.resolve("auth");
        CompletableFuture<List<InetAddress>> other = resolver.resolve("homepage");
        waiting.forEach(Runnable::run);

        assertThat(asked).containsExactly("auth", "homepage");
        assertThat(second.join()).isEqualTo(first.join()).isNotEqualTo(other.join());
    }

    @Test
    void looksANameUpAgainTheNextTime() {
        CompletableFuture<List<InetAddress>> first = resolver.resolve("auth");
        waiting.remove().run();
        CompletableFuture<List<InetAddress>> second = resolver.resolve("auth");
        waiting.remove().run();

        assertThat(second.join()).isNotEqualTo(first.join());
    }

    @Test
    void asksAgainAfterANameThatWasUnknown() {
        CompletableFuture<List<InetAddress>> first = resolver.resolve("unknown");
        waiting.remove().run();
        CompletableFuture<List<InetAddress>> second = resolver.resolve("unknown");

        assertThatThrownBy(first::join).hasCauseInstanceOf(UnknownHostException.class);
        assertThat(second.isDone()).isFalse();
        assertThat(waiting).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "0:0:0:0:0:0:0:1"})
    void looksNoAddressUp(String address) {
        assertThat(resolver.resolve(address).join()).hasSize(1);
        assertThat(asked).isEmpty();
        assertThat(waiting).isEmpty();
    }

    @Test
    void knowsIpAddressesToListenAtAtOnce() {
        CompletableFuture<Map<String, Resolution>> answer = find(List.of("127.0.0.1", "0:0:0:0:0:0:0:1"));

        assertThat(answer)
                .isCompletedWithValue(Map.of("127.0.0.1", new Found("127.0.0.1"), "0:0:0:0:0:0:0:1", new Found("::1")));
        assertThat(waiting).isEmpty();
    }

    @Test
    void tellsWhatEachNameToListenAtCameToWhenAllAreKnown() {
        CompletableFuture<Map<String, Resolution>> answer = find(List.of("auth", "unknown", "auth"));
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
    void givesUpANameToListenAtThatTakesTooLong() throws Exception {
        assertThat(toListen.resolveToListen(List.of("auth"), 1).get(30, TimeUnit.SECONDS))
                .isEqualTo(Map.of("auth", new Failed("i/o timeout", "auth could not be looked up within 1 ms")));
    }

    @Test
    void looksUpALimitedNumberToListenAtAtATime() {
        List<CompletableFuture<Map<String, Resolution>>> answers = IntStream.range(0, Resolver.MAX_LISTEN_LOOKUPS)
                .mapToObj(i -> find(List.of("host-" + i)))
                .toList();

        CompletableFuture<Map<String, Resolution>> oneTooMany = find(List.of("127.0.0.1", "other"));
        assertThat(oneTooMany).isCompletedWithValue(Map.of("127.0.0.1", new Found("127.0.0.1"), "other", TOO_MANY));
        waiting.remove().run();
        CompletableFuture<Map<String, Resolution>> oneForAnother = find(List.of("other"));

        assertThat(oneForAnother).isNotDone();
        waiting.forEach(Runnable::run);
        assertThat(oneForAnother).isCompletedWithValue(Map.of("other", new Found("10.0.0.1")));
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void countsThoseThatTookTooLongUntilTheyEnd() throws Exception {
        for (int i = 0; i < Resolver.MAX_LISTEN_LOOKUPS; i++) {
            toListen.resolveToListen(List.of("auth"), 1).get(30, TimeUnit.SECONDS);
        }

        assertThat(toListen.resolveToListen(List.of("unknown"), 1)).isCompletedWithValue(Map.of("unknown", TOO_MANY));
        waiting.remove().run();
        assertThat(toListen.resolveToListen(List.of("unknown"), 1)).isNotNull();
        assertThat(waiting).hasSize(1);
    }

    private static List<InetAddress> lookUpSeveral(String host) throws UnknownHostException {
        if (host.equals("unknown")) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), InetAddress.getLoopbackAddress());
    }

    private CompletableFuture<Map<String, Resolution>> find(List<String> hosts) {
        return toListen.resolveToListen(hosts, 60_000);
    }
}

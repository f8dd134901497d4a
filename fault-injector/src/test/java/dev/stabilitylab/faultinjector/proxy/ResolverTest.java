package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverTest {

    private final List<String> asked = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Resolver resolver = new Resolver(this::lookUp, waiting::add);

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
}

package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proxies that would connect to themselves: one client would use up every file descriptor. */
@Timeout(60)
class LoopsIT {

    private final EventLoops loops = new EventLoops();
    private final Proxies proxies = new Proxies(loops, AllowedAddresses.any(), Lookup.system(), 1);

    @AfterEach
    void stop() {
        proxies.close();
        loops.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 127.0.0.1",
        "0.0.0.0, localhost",
        "0.0.0.0, 127.0.0.2",
        "127.0.0.1, 0.0.0.0",
        "127.0.0.1, localhost",
        "'::', 127.0.0.1",
        "'::', '::1'"
    })
    void refusesAProxyThatIsItsOwnUpstream(String listen, String upstream) throws IOException {
        int port = freePort();

        assertThatThrownBy(() -> add("self", new Address(listen, port), new Address(upstream, port)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("self listens at ")
                .hasMessageEndingWith("and would connect to itself: self -> self");
        assertThat(proxies.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.2", "127.0.0.1, '::1'"})
    void takesAnotherAddressOfThisMachine(String listen, String upstream) throws IOException {
        int port = freePort();

        assertThat(add("other", new Address(listen, port), new Address(upstream, port))
                        .settings()
                        .enabled())
                .isTrue();
    }

    @Test
    void refusesProxiesThatConnectToOneAnother() throws IOException {
        Address first = new Address("0.0.0.0", freePort());
        Address second = new Address("127.0.0.1", freePort());
        Address third = new Address("127.0.0.1", freePort());
        add("first", first, second);
        add("second", second, new Address("localhost", third.port()));

        assertThatThrownBy(() -> add("third", third, new Address("127.0.0.1", first.port())))
                .isInstanceOf(RefusedException.class)
                .hasMessageEndingWith("third -> first -> second -> third");

        add("third", third, new Address("127.0.0.1", 1));
        assertThatThrownBy(() -> proxies.update(lasting("third", third, new Address("127.0.0.1", first.port()))))
                .isInstanceOf(RefusedException.class);
    }

    private Proxy add(String name, Address listen, Address upstream) {
        return proxies.add(lasting(name, listen, upstream));
    }

    private static WantedProxy lasting(String name, Address listen, Address upstream) {
        return WantedProxy.lasting(new ProxySettings(name, listen, upstream, true));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

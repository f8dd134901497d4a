package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proxy at a real port, which is disabled for a time that passes only when the test says so. */
@Timeout(60)
class OutageIT {

    private static final Address UPSTREAM = new Address("127.0.0.1", 1);

    private final EmbeddedChannel time = new EmbeddedChannel();
    private final EventLoops loops = new EventLoops();
    private final Proxies proxies = new Proxies(
            AllowedAddresses.any(),
            new Shared(loops, time.eventLoop(), new Resolver(Lookup.system(), loops.lookups()), 1, new Announcer()));
    private final Proxy proxy;

    OutageIT() {
        time.freezeTime();
        proxy = proxies.add(WantedProxy.lasting(settings(true)));
    }

    @BeforeEach
    void disableForAWhile() {
        disable(Lifetime.ofTtl(500));
    }

    @AfterEach
    void stop() {
        proxies.close();
        loops.close();
    }

    @Test
    void endsWhenItsTimeIsOverAndNoMomentEarlier() {
        advance(499);
        boolean before = proxy.settings().enabled();
        advance(1);

        assertThat(before).isFalse();
        assertListens();
        assertThat(proxy.outage()).isEqualTo(Lifetime.LASTING);
    }

    @Test
    void canBeProlonged() {
        advance(400);

        disable(Lifetime.ofTtl(500));
        advance(499);

        assertThat(proxy.outage()).isEqualTo(Lifetime.ofTtl(1));
        assertRefuses();
        advance(1);
        assertListens();
    }

    @Test
    void lastsAfterAChangeWithoutATime() {
        disable(Lifetime.LASTING);

        advance(Lifetime.MAX_MILLIS);

        assertRefuses();
        assertThat(proxy.outage()).isEqualTo(Lifetime.LASTING);
    }

    @Test
    void isForgottenWhenSomebodyEndsItEarlier() {
        proxies.update(WantedProxy.lasting(proxy.settings().withEnabled(true)));
        disable(Lifetime.LASTING);

        advance(500);

        assertRefuses();
    }

    @Test
    void isForgottenWithAReset() {
        proxies.reset(Map.of());
        disable(Lifetime.LASTING);

        advance(500);

        assertRefuses();
    }

    @Test
    void isForgottenWithItsProxy() {
        proxies.remove("auth");

        advance(500);

        assertRefuses();
    }

    @Test
    void canBeginWithTheProxy() {
        Proxy other = proxies.add(new WantedProxy(
                new ProxySettings("other", new Address("127.0.0.1", 0), UPSTREAM, false), Lifetime.ofTtl(500)));

        boolean before = other.settings().enabled();
        advance(500);

        assertThat(before).isFalse();
        assertThat(other.settings().enabled()).isTrue();
    }

    @Test
    void goesOnWhenEndingItEarlierFails() throws IOException {
        try (ServerSocket taken = takePort()) {
            assertThatThrownBy(() ->
                            proxies.update(WantedProxy.lasting(proxy.settings().withEnabled(true))))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("cannot listen at 127.0.0.1:" + taken.getLocalPort());
        }

        assertThat(proxy.outage()).isEqualTo(Lifetime.ofTtl(500));
        advance(500);
        assertListens();
    }

    @Test
    void isToldWhenItBeginsAndWhenItEnds() {
        List<String> told = new ArrayList<>();
        proxies.update(WantedProxy.lasting(proxy.settings().withEnabled(true)));
        proxies.onChange(
                change -> told.add(change.kind().label() + " " + change.cause().label()));

        disable(new Lifetime(300, 500));
        advance(300);
        advance(500);

        assertThat(told).containsExactly("proxy-changed api", "proxy-disabled delay", "proxy-enabled ttl");
    }

    @Test
    void staysAndSaysWhyWhenThePortHasBeenTakenMeanwhile() throws IOException {
        try (ServerSocket taken = takePort()) {
            advance(500);

            assertThat(proxy.settings().enabled()).isFalse();
            assertThat(proxy.outage()).isEqualTo(Lifetime.LASTING);
            assertThat(proxy.problem().orElseThrow())
                    .startsWith("still disabled, though the time for that is over: auth cannot listen at 127.0.0.1:"
                            + taken.getLocalPort());
        }
    }

    @Test
    void forgetsThePortThatWasTakenOnceItIsEnabled() throws IOException {
        ServerSocket taken = takePort();
        advance(500);
        taken.close();

        proxies.reset(Map.of());

        assertListens();
        assertThat(proxy.problem()).isEmpty();
    }

    private void disable(Lifetime lifetime) {
        proxies.update(new WantedProxy(proxy.settings().withEnabled(false), lifetime));
    }

    private void advance(long millis) {
        time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        time.runScheduledPendingTasks();
    }

    private void assertListens() {
        assertThat(proxy.settings().enabled()).isTrue();
        assertThatThrownBy(this::takePort).isInstanceOf(IOException.class);
    }

    private void assertRefuses() {
        assertThat(proxy.settings().enabled()).isFalse();
    }

    private ServerSocket takePort() throws IOException {
        return new ServerSocket(proxy.settings().listen().port(), 1, InetAddress.getLoopbackAddress());
    }

    private static ProxySettings settings(boolean enabled) {
        return new ProxySettings("auth", new Address("127.0.0.1", 0), UPSTREAM, enabled);
    }
}

package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialerTest {

    private final Dialer dialer =
            new Dialer(new Address("many.test", 1), new Resolver(Lookup.system(), Runnable::run), 1);

    @Test
    void givesEveryAddressItsTurnAndTheOthersBehindIt() {
        List<InetAddress> found = addresses("10.0.0.1", "10.0.0.2", "10.0.0.3");

        assertThat(dialer.nextOrder(found)).isEqualTo(addresses("10.0.0.1", "10.0.0.2", "10.0.0.3"));
        assertThat(dialer.nextOrder(found)).isEqualTo(addresses("10.0.0.2", "10.0.0.3", "10.0.0.1"));
        assertThat(dialer.nextOrder(found)).isEqualTo(addresses("10.0.0.3", "10.0.0.1", "10.0.0.2"));
        assertThat(dialer.nextOrder(found)).isEqualTo(addresses("10.0.0.1", "10.0.0.2", "10.0.0.3"));
    }

    @Test
    void doesNotMindTheOrderInWhichTheNameServerGivesThem() {
        assertThat(dialer.nextOrder(addresses("10.0.0.2", "10.0.0.1")).get(0)).isEqualTo(address("10.0.0.1"));
        assertThat(dialer.nextOrder(addresses("10.0.0.1", "10.0.0.2")).get(0)).isEqualTo(address("10.0.0.2"));
        assertThat(dialer.nextOrder(addresses("10.0.0.2", "10.0.0.1")).get(0)).isEqualTo(address("10.0.0.1"));
    }

    @Test
    void sortsBytesAsNumbersFromZeroAndIpV4First() {
        List<InetAddress> sorted = dialer.nextOrder(addresses("::1", "200.0.0.1", "10.0.0.200", "10.0.0.3"));

        assertThat(sorted).isEqualTo(addresses("10.0.0.3", "10.0.0.200", "200.0.0.1", "::1"));
    }

    @Test
    void copesWithAChangeOfTheirNumber() {
        dialer.nextOrder(addresses("10.0.0.1", "10.0.0.2", "10.0.0.3"));
        dialer.nextOrder(addresses("10.0.0.1", "10.0.0.2", "10.0.0.3"));

        assertThat(dialer.nextOrder(addresses("10.0.0.1"))).isEqualTo(addresses("10.0.0.1"));
    }

    private static List<InetAddress> addresses(String... texts) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(address(text));
        }
        return addresses;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}

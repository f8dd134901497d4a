package dev.stabilitylab.apiclient.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 203.0.113.9",
        "10.0.0.0/8, 10.255.255.255",
        "10.128.0.0/9, 10.128.0.0",
        "192.168.1.4/31, 192.168.1.5",
        "192.168.1.4/32, 192.168.1.4",
        "192.168.1.4, 192.168.1.4",
        "127.0.0.0/8, ::ffff:127.0.0.1",
        "127.0.0.0/8, 0:0:0:0:0:ffff:7f00:1",
        "::ffff:127.0.0.0/104, 127.9.9.9",
        "::ffff:127.0.0.1, 127.0.0.1",
        "::/0, 2001:db8::1",
        "::/0, ::1",
        "::1, 0:0:0:0:0:0:0:1",
        "::1/128, ::1",
        "fd00::/8, fdff:ffff::1",
        "FE80::/10, fe80::1%eth0",
        "fe80::1, fe80:0:0:0:0:0:0:1%2",
        "2001:db8::/33, 2001:db8:7fff::1",
    })
    void contains(String range, String address) {
        assertThat(AddressRange.parse(range).contains(bytes(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.0",
        "10.128.0.0/9, 10.127.255.255",
        "192.168.1.4/31, 192.168.1.6",
        "192.168.1.4, 192.168.1.5",
        "0.0.0.0/0, ::1",
        "0.0.0.0/0, 2001:db8::1",
        "::/0, 127.0.0.1",
        "::/0, ::ffff:127.0.0.1",
        "::1/128, ::2",
        "2001:db8::/33, 2001:db8:8000::1",
    })
    void doesNotContain(String range, String address) {
        assertThat(AddressRange.parse(range).contains(bytes(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/8",
                "localhost",
                "localhost/8",
                "example.com",
                "10.0.0",
                "10.0.0.0.0/8",
                "10.0.0.256",
                "010.0.0.1",
                "1",
                "0x7f.0.0.1",
                "10.0.0.0/8/8",
                " 10.0.0.0/8",
                "*",
                ":",
                ":::",
                "::1%eth0",
                "fe80::%1/10",
                "[::1]",
                "12345::",
                "g::1",
                ".::1",
                "::ffff:1.2.3",
            })
    void refusesWhatIsNoAddress(String text) {
        // "10.0.0.0/8/8" has an address, and a prefix that is none.
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33, from 0 to 32",
        "10.0.0.0/-1, from 0 to 32",
        "10.0.0.0/, from 0 to 32",
        "10.0.0.0/eight, from 0 to 32",
        "10.0.0.0/9999999999, from 0 to 32",
        "::/129, from 0 to 128",
        "::ffff:10.0.0.0/8, from 96 to 128",
        "10.0.0.1/8, after the first 8 must be 0",
        "10.128.0.0/8, after the first 8 must be 0",
        "0.0.0.1/0, after the first 0 must be 0",
        "192.168.1.5/31, after the first 31 must be 0",
        "::1/127, after the first 127 must be 0",
        "::ffff:10.0.0.1/104, after the first 104 must be 0",
    })
    void saysWhatIsWrongWithTheNumberBehindTheSlash(String text, String allowed) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(allowed);
    }

    private static byte[] bytes(String address) {
        return Objects.requireNonNull(AddressRange.bytes(address));
    }
}

package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

    private static final Address HERE = new Address("127.0.0.1", 1);
    private static final Address THERE = new Address("127.0.0.1", 2);

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0085b"})
    void refusesNamesThatWouldGarbleALog(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxySettings(name, HERE, THERE, true))
                .withMessageStartingWith("name of a proxy is \"")
                .withMessageEndingWith("\"; it must be 1 to 200 characters, none of them a control character");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        String name = "n".repeat(201);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxySettings(name, HERE, THERE, true))
                .withMessageStartingWith("name of a proxy is \"%s…\"".formatted("n".repeat(200)));
    }

    @Test
    void refusesNamesThatNoUrlCanSay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxySettings("a" + (char) 0xd800, HERE, THERE, true))
                .withMessage("name of a proxy has half of a surrogate pair; it must be valid Unicode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "redis[1]", "a/b", "a b", "ä", "🙂"})
    void takesAnyOtherNameAsToxiproxyDoes(String name) {
        assertThat(new ProxySettings(name, HERE, THERE, true).name()).isEqualTo(name);
    }

    @Test
    void refusesAProxyInFrontOfItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxySettings("auth", HERE, HERE, true))
                .withMessageContaining("auth", "127.0.0.1:1", "itself");
    }
}

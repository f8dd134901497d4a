package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

    private static final Address HERE = new Address("127.0.0.1", 1);
    private static final Address THERE = new Address("127.0.0.1", 2);

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "a\nb", "ä"})
    void refusesNamesThatDoNotFitIntoAPath(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxySettings(name, HERE, THERE, true))
                .withMessageStartingWith("name of a proxy is \"%s\"; it must be".formatted(name));
    }

    @Test
    void refusesAProxyInFrontOfItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxySettings("auth", HERE, HERE, true))
                .withMessageContaining("auth", "127.0.0.1:1", "itself");
    }
}

package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8000", "localhost:1", "auth-service:8000", "my_host.example:65535", "[::1]:80"})
    void readsWhatItWrites(String text) {
        assertThat(Address.upstream(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                "8000",
                "host",
                "host:",
                ":123456",
                "host:x",
                "host:-1",
                "host:65536",
                "host:999999",
                "a b:1",
                "http://host:1",
                "host:1/path",
                "256.0.0.1:1",
                "1.2.3:1",
                "::1:80",
                "[::1]",
                "[nope]:1",
                "-a:1",
                "a-:1"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.listen(text))
                .withMessageStartingWith("listen is \"%s\"; ".formatted(text));
    }

    @Test
    void listensAtTheLoopbackAddressUnlessToldOtherwise() {
        assertThat(Address.listen("")).hasToString("127.0.0.1:0");
        assertThat(Address.listen(":8000")).hasToString("127.0.0.1:8000");
    }

    @Test
    void needsAHostToConnectTo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.upstream(""))
                .withMessageContaining("HOST:PORT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.upstream(":8000"))
                .withMessageContaining("HOST:PORT");
    }

    @Test
    void listensAtAnyFreePortButConnectsToNone() {
        assertThat(Address.listen("127.0.0.1:0").port()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.upstream("127.0.0.1:0"))
                .withMessage("upstream is \"127.0.0.1:0\"; its port must be from 1 to 65535");
    }
}

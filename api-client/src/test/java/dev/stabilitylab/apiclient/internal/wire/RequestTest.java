package dev.stabilitylab.apiclient.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PATCH", "PROPFIND", "M-SEARCH", "get"})
    void sendsAnyMethodThatIsAToken(String method) {
        assertThatNoException().isThrownBy(() -> Request.checkMethod(method));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "GET ", "GET /", "G\r\nX: y", "GÉT", "CONNECT", "GET\0", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG"
            })
    void refusesAMethodThatCannotBeSent(String method) {
        assertThatThrownBy(() -> Request.checkMethod(method))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be sent")
                .hasMessageNotContaining("\r")
                .hasMessageNotContaining("\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/b?c=d&e=%20", "//a", "/a:b", "/*"})
    void sendsAPathAsItStands(String path) {
        assertThatNoException().isThrownBy(() -> Request.checkPath(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "http://elsewhere/",
                "*",
                "/a b",
                "/a\r\nX: y",
                "/a\tb",
                "/ä",
                "/a#b",
                "/a\0",
                "/a\u007f"
            })
    void refusesAPathThatWouldEndTheRequestLineOrLeadElsewhere(String path) {
        assertThatThrownBy(() -> Request.checkPath(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "Connection",
                "Content-Length",
                "Transfer-Encoding",
                "TE",
                "Trailer",
                "Upgrade",
                "Expect",
                "Keep-Alive",
                "Proxy-Connection",
                "Deadline-Remaining-Ms",
                "transfer-encoding"
            })
    void keepsTheHeadersThatFrameAMessageToItself(String name) {
        assertThatThrownBy(() -> Request.checkHeader(name, "1"))
                .hasMessage("the header %s is the client's own and cannot be set by a caller".formatted(name));
    }

    @ParameterizedTest
    @CsvSource({"'', a", "'X A', a", "X:, a", "'X\r\nY', a", "X, 'a\r\nY: b'", "X, 'a\nb'", "X, ä", "X, 'a\0'"})
    void refusesAHeaderThatWouldEndTheLine(String name, String value) {
        assertThatThrownBy(() -> Request.checkHeader(name, value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotRepeatAValueThatMayBeASecret() {
        assertThatThrownBy(() -> Request.checkHeader("Authorization", "secret\n"))
                .hasMessageNotContaining("secret");
    }

    @Test
    void findsAHeaderInWhateverCase() {
        Request request = new Request("GET", "/", List.of(Map.entry("accept", "text/csv")), null);

        assertThat(request.hasHeader("Accept")).isTrue();
        assertThat(request.hasHeader("User-Agent")).isFalse();
    }
}

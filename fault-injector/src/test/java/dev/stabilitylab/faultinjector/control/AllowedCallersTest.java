package dev.stabilitylab.faultinjector.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedCallersTest {

    private final AllowedCallers callers = new AllowedCallers(List.of("fault-injector", "10.1.2.3", "0.0.0.0"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8474",
                "127.0.0.1:8474",
                "127.9.9.9",
                "[::1]:8474",
                "Fault-Injector:8474",
                "10.1.2.3:8474"
            })
    void takesTheNamesOfThisMachine(String host) {
        assertThat(callers.refusal(headers("Host", host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8474",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.1.2.4",
                "[::2]",
                "[::1",
                ":8474",
                "localhost:8474:8474",
                "user@localhost"
            })
    void refusesAnotherNameThatMayBeMadeToStandForThisMachine(String host) {
        assertThat(callers.refusal(headers("Host", host)))
                .hasValue("Host is %s; it must be localhost, a loopback address, or what --host or --allow-host says"
                        .formatted(host));
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://localhost:8475",
        "Origin, https://localhost:8474",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, Cross-Site",
        "User-Agent, Mozilla/5.0"
    })
    void refusesPagesOfOtherSites(String name, String value) {
        HttpHeaders headers = headers("Host", "localhost:8474").set(name, value);

        assertThat(callers.refusal(headers)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"Origin, http://localhost:8474", "Sec-Fetch-Site, same-origin", "Sec-Fetch-Site, none", "User-Agent, x"
    })
    void takesWhatOtherClientsSend(String name, String value) {
        HttpHeaders headers = headers("Host", "localhost:8474").set(name, value);

        assertThat(callers.refusal(headers)).isEmpty();
    }

    @Test
    void takesARequestWithoutAHostWhichNoBrowserSends() {
        assertThat(callers.refusal(new DefaultHttpHeaders())).isEmpty();
    }

    private static HttpHeaders headers(String name, String value) {
        return new DefaultHttpHeaders().set(name, value);
    }
}

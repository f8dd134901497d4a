package dev.stabilitylab.servicekit.contract;

import static dev.stabilitylab.servicekit.contract.Tokens.SECRET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** No token gets into a log, whatever it is sent in. All loggers, those of the server too, are as talkative as debugging makes them. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"logging.level.root=debug", "logging.level.dev.stabilitylab=debug"})
@ExtendWith(OutputCaptureExtension.class)
public abstract class SilentLogContract {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int FUZZED_REQUESTS = 500;

    private final String method;
    private final String path;

    /** The service's endpoint. */
    protected SilentLogContract(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** The levels are the JVM's, and other tests follow in it. */
    @AfterAll
    static void quieten() {
        LoggingSystem.get(SilentLogContract.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Token sEcReT",
                "Authorization: Token sEcReT\u0001",
                "Authorization: Token \u0000sEcReT",
                "Authorization: Token sEcReT\u007f",
                "Authorization: Token sEcReT\u00e4\u00ff",
                "Authorization: Token sEcReT\rX: y",
                "Authorization: Token sEcReT\n folded",
                "Authorization : Token sEcReT",
                "Authorization Token sEcReT",
                "Author\u0001ization: Token sEcReT",
                " Authorization: Token sEcReT",
                "Authorization: Token sEcReT\r\nAuthorization: Token sEcReT",
                "Cookie: a=\"sEcReT; b=\u0001; c\u00e4=sEcReT",
                "Host: sEcReT\u0001",
                "Content-Length: sEcReT",
                "Content-Length: 1\r\nContent-Length: sEcReT",
                "Transfer-Encoding: sEcReT",
                "Transfer-Encoding: chunked\r\nX: y\r\n\r\nsEcReT",
                "Content-Type: sEcReT\u00e4/;;=",
                "Accept: sEcReT/;;=",
                "Deadline-Remaining-Ms: sEcReT",
                "Origin: http://sEcReT",
                "Expect: sEcReT",
                "Connection: upgrade\r\nUpgrade: sEcReT",
            })
    void keepsAHeaderOutOfTheLog(String header, @LocalServerPort int port, CapturedOutput output) {
        send(port, request(method, path, header));

        assertLogged(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?token=sEcReT",
                "?token=sEcReT%zz",
                "?%zz=sEcReT",
                "?token=sEcReT\u0001",
                "?token=sEcReT\u00e4",
                "?=sEcReT&sEcReT",
                "?token=sEcReT%00%ff",
                "?token=sEcReT\"<>",
            })
    void keepsAQueryOutOfTheLog(
            String query, @LocalServerPort int port, @LocalManagementPort int managementPort, CapturedOutput output) {
        send(port, request(method, path + query, "Accept: */*"));
        send(managementPort, request("GET", "/actuator/health" + query, "Authorization: Token " + SECRET + "\u0001"));
        send(port, request("GET", "/unknown" + query, "Accept: */*"));

        assertLogged(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sEcReT\r\n\r\n",
                "sEcReT / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET sEcReT HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / sEcReT\r\nHost: localhost\r\n\r\n",
                "G\u0001T /?sEcReT HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET http://sEcReT@localhost\u0001/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nAuthorization: Token sEcReT",
            })
    void keepsAMalformedRequestOutOfTheLog(String request, @LocalServerPort int port, CapturedOutput output) {
        send(port, request);

        assertLogged(output);
    }

    @Test
    void keepsALongHeaderOutOfTheLog(@LocalServerPort int port, CapturedOutput output) {
        send(port, request(method, path, "Authorization: Token " + SECRET.repeat(20_000)));

        assertLogged(output);
    }

    @Test
    void keepsFuzzedHeadersOutOfTheLog(@LocalServerPort int port, CapturedOutput output) {
        Random random = new Random(1);

        for (int i = 0; i < FUZZED_REQUESTS; i++) {
            String good = request(method, path, "Authorization: Token " + SECRET);
            send(port, withRandomBytes(good, random));
        }

        assertLogged(output);
    }

    /** Asserts that there is a log, and no token in it. */
    protected static void assertLogged(CapturedOutput output) {
        assertThat(output.getAll()).contains("DEBUG");
        assertThat(output.getAll().contains(SECRET))
                .as(() -> "a token in: "
                        + output.getAll()
                                .lines()
                                .filter(line -> line.contains(SECRET))
                                .findFirst()
                                .orElse(""))
                .isFalse();
    }

    private static String request(String method, String path, String header) {
        return "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\nConnection: close\r\n\r\n".formatted(method, path, header);
    }

    /** Puts up to three random bytes anywhere but into the secret, which would not be found any more. */
    private static String withRandomBytes(String request, Random random) {
        StringBuilder fuzzed = new StringBuilder(request);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int secret = fuzzed.indexOf(SECRET);
            int at = random.nextInt(fuzzed.length());
            if (at <= secret || at >= secret + SECRET.length()) {
                fuzzed.insert(at, (char) random.nextInt(256));
            }
        }
        return fuzzed.toString();
    }

    /** Sends this and waits until the service has closed the connection; what it answers does not matter. */
    private static void send(int port, String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException reset) {
            // The service wanted no more of it. It has written to its log by then.
        }
    }
}

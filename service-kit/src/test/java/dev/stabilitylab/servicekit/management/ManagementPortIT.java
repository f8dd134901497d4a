package dev.stabilitylab.servicekit.management;

import static dev.stabilitylab.servicekit.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.servicekit.contract.HttpAnswer;
import dev.stabilitylab.servicekit.contract.RawHttp;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = ManagementPortIT.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=managed-service",
            "management.server.port=0",
            "service-kit.management.allowed-hosts=Auth,auth.example",
            "service-kit.fault-switching=true"
        })
@ExtendWith(OutputCaptureExtension.class)
class ManagementPortIT {

    private static final String HEALTH = "GET /actuator/health HTTP/1.1\r\nConnection: close\r\n%s\r\n\r\n";

    @EnableAutoConfiguration
    static class Application {}

    private RawHttp management = new RawHttp(0);

    @BeforeEach
    void connect(@LocalManagementPort int port) {
        management = new RawHttp(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:9000",
                "127.0.0.1",
                "127.0.0.1:9000",
                "172.18.0.5:9000",
                "[::1]:9000",
                "auth:9000",
                "AUTH.example"
            })
    void servesWhoeverCallsItByAnAllowedName(String host) {
        assertThat(management.sendRaw(HEALTH.formatted("Host: " + host)).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "auth.evil.example:9000",
                "127.0.0.1.evil.example",
                "2130706433",
                "0x7f.1",
                "127.0.0.1.",
                "localhost."
            })
    void refusesAnotherName(String host) {
        HttpAnswer answer = management.sendRaw(HEALTH.formatted("Host: " + host));

        assertProblem(answer, 403);
        assertThat(answer.body())
                .contains("Host is " + host
                        + "; it must be localhost, an IP address, or one of service-kit.management.allowed-hosts.");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: https://localhost",
        "Origin: http://localhost:8001",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: nonsense"
    })
    void refusesAPageOfAnotherSite(String header) {
        HttpAnswer answer = management.sendRaw(("PUT /actuator/faults/active?ttl=60s HTTP/1.1\r\nHost: localhost\r\n"
                        + "Connection: close\r\n%s\r\nContent-Length: 13\r\n\r\n{\"errors\":{}}")
                .formatted(header));

        assertProblem(answer, 403);
        assertThat(answer.body()).contains("a page of another site may not use the management port");
        assertThat(management.send("GET", "/actuator/faults").body()).contains("\"errors\":null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://localhost", "Sec-Fetch-Site: none", "Sec-Fetch-Site: same-origin"})
    void servesAPageOfItsOwn(String header) {
        assertThat(management.send("GET", "/actuator/health", header).status()).isEqualTo(200);
    }

    @Test
    void allowsNoOtherSiteInAPreflight() {
        HttpAnswer answer = management.send(
                "OPTIONS",
                "/actuator/faults/active",
                "Origin: http://evil.example",
                "Access-Control-Request-Method: PUT");

        assertProblem(answer, 403);
        assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void leavesThePortOfTheUsersAlone(@LocalServerPort int port) {
        HttpAnswer answer =
                new RawHttp(port).sendRaw(HEALTH.formatted("Host: shop.example\r\nOrigin: http://evil.example"));

        assertProblem(answer, 404);
    }

    @Test
    void isOutOfReachOfOtherMachines(@LocalManagementPort int port) throws SocketException {
        InetSocketAddress outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(address -> new InetSocketAddress(address, port))
                .findFirst()
                .orElse(new InetSocketAddress("127.0.0.2", port));

        assertThatThrownBy(() -> connect(outside)).isInstanceOf(IOException.class);
    }

    private static void connect(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--spring.application.name=x", "--management.server.port=18999"})
    void refusesToShareThePortOfTheUsers(String managementPort, CapturedOutput output) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class);

        assertThatThrownBy(() -> builder.run("--server.port=18999", managementPort))
                .isInstanceOf(Exception.class);
        assertThat(output.getAll())
                .contains("management.server.port", "It must be a port of its own, other than server.port")
                .doesNotContain("\tat ");
    }
}

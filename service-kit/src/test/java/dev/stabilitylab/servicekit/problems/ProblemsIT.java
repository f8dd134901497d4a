package dev.stabilitylab.servicekit.problems;

import static dev.stabilitylab.servicekit.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.servicekit.contract.HttpAnswer;
import dev.stabilitylab.servicekit.contract.RawHttp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = DefectiveApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=defective-service",
            "management.server.port=0",
            "service-kit.connections.bodies=true"
        })
@ExtendWith(OutputCaptureExtension.class)
class ProblemsIT {

    private RawHttp http = new RawHttp(0);

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = new RawHttp(port);
    }

    @ParameterizedTest
    @CsvSource({"/exception, 500", "/error-of-the-machine, 500", "/filtered, 500", "/unavailable, 503", "/teapot, 418"})
    void keepsInternalsToItself(String path, int status) {
        HttpAnswer answer = http.send("GET", path);

        assertProblem(answer, status);
        assertThat(answer.toString()).doesNotContain(DefectiveApplication.INTERNALS);
    }

    @Test
    void logsWhatItKeepsToItself(CapturedOutput output) {
        http.send("GET", "/exception");

        assertThat(output.getAll()).contains("IllegalStateException", DefectiveApplication.INTERNALS);
    }

    @ParameterizedTest
    @CsvSource({"/number", "/number?value=many", "/number?value=1.5"})
    void explainsThatAParameterIsWrong(String path) {
        assertProblem(http.send("GET", path), 400);
    }

    @ParameterizedTest
    @CsvSource({"'{\"item\":', 400", "'[]', 400", "'', 400"})
    void explainsThatTheBodyIsMalformed(String body, int status) {
        assertProblem(order("application/json", body), status);
    }

    @Test
    void explainsThatTheBodysTypeIsNotSupported() {
        HttpAnswer answer = order("text/plain", "one");

        assertProblem(answer, 415);
        assertThat(answer.header("accept")).isEqualTo("application/json");
    }

    private HttpAnswer order(String type, String body) {
        return http.sendRaw("POST /order HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: %s\r\nContent-Length: %d\r\n\r\n%s".formatted(type, body.length(), body));
    }
}

package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class FaultInjectorCommandTest {

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @TempDir
    private Path directory;

    static Stream<Arguments> badLines() {
        return Stream.of(
                Arguments.of("--nope", "--nope"),
                Arguments.of("--port=x", "--port is \"x\""),
                Arguments.of("--port=65536", "from 0 to 65535"),
                Arguments.of("--port=-1", "from 0 to 65535"),
                Arguments.of("--host=a/b", "--host is \"a/b\""),
                Arguments.of("--seed=x", "--seed"),
                Arguments.of("--proxy=auth", "NAME=LISTEN,UPSTREAM"),
                Arguments.of("--proxy=auth=127.0.0.1:1", "NAME=LISTEN,UPSTREAM"),
                Arguments.of("--proxy=a\tb=127.0.0.1:1,127.0.0.1:2", "name of a proxy is \"a?b\""),
                Arguments.of("--allow-upstream=x", "upstream is \"x\"; it must be HOST:PORT"),
                Arguments.of("--proxy=auth=127.0.0.1:99999,127.0.0.1:2", "its port must be from 0 to 65535"),
                Arguments.of("--proxy=auth=127.0.0.1:1,127.0.0.1:0", "its port must be from 1 to 65535"),
                Arguments.of("--proxy=auth=127.0.0.1:1,127.0.0.1:1", "itself"),
                Arguments.of("--config=missing.json", "--config is missing.json; there is no such file"),
                Arguments.of("--host=0.0.0.0", "--host is 0.0.0.0, so whoever reaches this machine could break things"),
                Arguments.of("--allow-listen=x", "--allow-listen: listen is \"x\"; it must be HOST:PORT"),
                Arguments.of("left over", "left over"));
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void refusesABadLineInOneSentenceThatNamesTheCulprit(String argument, String sentence) {
        int status = execute(argument);

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains(sentence).hasLineCount(1);
    }

    @Test
    void refusesTwoProxiesOfOneName() {
        int status = execute("--proxy=a=127.0.0.1:0,127.0.0.1:1", "--proxy=a=127.0.0.1:0,127.0.0.1:2");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("proxy a is there twice");
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("", "it is empty"),
                Arguments.of("{}", "not a JSON array"),
                Arguments.of("[{]", "line 1"),
                Arguments.of("[] []", "railing"),
                Arguments.of("[{\"name\":\"a\"}]", "proxy 1: missing required field: upstream"),
                Arguments.of("[{\"name\":\"a\",\"upstream\":\"x\"}]", "proxy 1: upstream is \"x\""),
                Arguments.of("[{\"name\":\"a\",\"upsteam\":\"x:1\"}]", "there is no field upsteam"),
                Arguments.of("[{\"name\":1,\"upstream\":\"x:1\"}]", "name is 1; it must be a string"),
                Arguments.of(file("[{\"type\":\"lag\"}]"), "proxy 1: toxic 1: type is \"lag\""),
                Arguments.of(
                        file("[{\"type\":\"timeout\"},{\"type\":\"latency\",\"attributes\":{\"latency\":-1}}]"),
                        "proxy 1: toxic 2: latency of latency is -1"),
                Arguments.of(
                        file("[{\"type\":\"timeout\"},{\"type\":\"timeout\"}]"),
                        "proxy 1: toxic 2: there is a toxic timeout_downstream already"),
                Arguments.of(file("[{\"type\":\"timeout\",\"toxcity\":1}]"), "toxic 1: there is no field toxcity"),
                Arguments.of(file("{}"), "proxy 1: toxics is {}; it must be an array of toxics"),
                Arguments.of("[{\"name\":\"a\",\"upstream\":\"x:1\",\"error\":\"e\"}]", "there is no field error"),
                Arguments.of("[{\"name\":\"a\",\"name\":\"b\"}]", "Duplicate"));
    }

    private static String file(String toxics) {
        return "[{\"name\":\"a\",\"upstream\":\"127.0.0.1:1\",\"toxics\":%s}]".formatted(toxics);
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void refusesABadFile(String content, String sentence) throws IOException {
        Path file = Files.writeString(directory.resolve("proxies.json"), content);

        int status = execute("--config", file.toString());

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("proxies.json; ", sentence).hasLineCount(1);
    }

    @Test
    void explainsItself() {
        int status = execute("--help");

        assertThat(status).isZero();
        assertThat(out.toString())
                .contains("--host", "--port", "--proxy", "--config", "--seed", "--stop-when-orphaned", "--version");
    }

    private int execute(String... arguments) {
        CommandLine line = FaultInjectorCommand.commandLine();
        return line.setErr(new PrintWriter(err)).setOut(new PrintWriter(out)).execute(arguments);
    }
}

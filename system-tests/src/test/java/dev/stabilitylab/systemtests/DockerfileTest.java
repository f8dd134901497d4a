package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {

    private static final String GOOD = """
            ARG BASE=debian:12.5.0
            FROM ${BASE} AS build
            RUN apt-get install -y make \\
                && rm -rf /var/lib/apt/lists/*
            FROM ${BASE} AS program
            COPY --from=build /program /program
            ENV LEVEL=info
            EXPOSE 8000
            HEALTHCHECK CMD ["/healthy"]
            USER 10001:10001
            ENTRYPOINT ["/program"]
            """;

    @Test
    void keepsToTheRules() throws IOException {
        assertThat(DockerfileRules.broken(ours())).isEmpty();
    }

    @Test
    void makesTheImagesOfThreeKindsOfPrograms() throws IOException {
        Dockerfile file = ours();

        assertThat(file.stage("service").base()).isEqualTo("program");
        assertThat(file.stage("fault-injector").base()).isEqualTo("program");
        assertThat(file.stage("lab").base()).isEqualTo("program");
        assertThat(file.last(file.stage("service"), "HEALTHCHECK").orElseThrow().value())
                .contains("/app/healthy");
    }

    @Test
    void dependenciesAreCopiedBeforeTheApplication() throws IOException {
        assertThat(ours().stage("program").all("COPY").map(Dockerfile.Instruction::value))
                .containsSubsequence("--from=layers /layers/dependencies/ ./", "--from=layers /layers/application/ ./");
    }

    @Test
    void rulesAcceptAGoodFile() {
        assertThat(DockerfileRules.broken(Dockerfile.parse(GOOD))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            debian:12.5.0                  | debian:latest             | build: the tag of its base image 'debian:latest' is not a full version
            debian:12.5.0                  | debian                    | build: the tag of its base image 'debian' is not a full version
            debian:12.5.0                  | debian:12                 | build: the tag of its base image 'debian:12' is not a full version
            FROM ${BASE} AS build          | FROM debian:1.2.3 AS build | build: its base image debian:1.2.3 is not an argument
            USER 10001:10001               | USER root                 | program: its user is root; it must be a number, and not 0
            USER 10001:10001               | USER 0:0                  | program: its user is 0:0; it must be a number, and not 0
            USER 10001:10001               | STOPSIGNAL SIGTERM        | program: its user is root; it must be a number, and not 0
            ENTRYPOINT ["/program"]        | ENTRYPOINT /program       | program: its entry point is not in exec form, so that a shell would keep the signals
            HEALTHCHECK CMD ["/healthy"]   | HEALTHCHECK NONE          | program: it listens, and has no health check
            HEALTHCHECK CMD ["/healthy"]   | STOPSIGNAL SIGTERM        | program: it listens, and has no health check
            ENV LEVEL=info                 | ENV DB_PASSWORD=x         | program: DB_PASSWORD is in ENV, and so would be kept in the image
            ENV LEVEL=info                 | ARG API_KEY               | program: API_KEY is in ARG, and so would be kept in the image
            ENV LEVEL=info                 | ADD x.tar /               | program: ADD can fetch and unpack unasked; COPY cannot
            ENV LEVEL=info                 | RUN mvn package           | program: what Maven downloads stays in the layer
            ENV LEVEL=info                 | RUN curl -O x             | program: it downloads without a package manager that checks what it gets
            rm -rf /var/lib/apt/lists/*    | true                      | build: the package lists that it downloads stay in the layer
            """)
    void eachRuleFindsWhatBreaksIt(String good, String bad, String problem) {
        assertThat(GOOD).contains(good);

        assertThat(DockerfileRules.broken(Dockerfile.parse(GOOD.replace(good, bad))))
                .contains(problem);
    }

    private static Dockerfile ours() throws IOException {
        return Dockerfile.parse(Files.readString(Project.file("docker/Dockerfile")));
    }
}

package dev.stabilitylab.servicekit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Assertions on RFC 9457 problems. */
public final class Problems {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Problems() {}

    /** Asserts a problem with this status, words for people, and nothing about what the service is made of. */
    public static void assertProblem(HttpAnswer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        JsonNode problem = parse(answer.body());
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").textValue()).isNotBlank();
        assertThat(problem.path("detail").textValue()).isNotBlank();
        assertThat(answer.toString()).doesNotContainIgnoringCase("tomcat", "exception", "<html", "springframework");
    }

    /** Asserts a 401 with the challenge. */
    public static void assertUnauthorized(HttpAnswer answer) {
        assertProblem(answer, 401);
        assertThat(answer.header("www-authenticate")).isEqualTo("Token realm=\"stability-lab\"");
    }

    /** Asserts a 503 that says when to come again. */
    public static void assertUnavailable(HttpAnswer answer) {
        assertProblem(answer, 503);
        assertThat(Integer.parseInt(answer.header("retry-after"))).isPositive();
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError("not JSON: '" + body + "'", notJson);
        }
    }
}

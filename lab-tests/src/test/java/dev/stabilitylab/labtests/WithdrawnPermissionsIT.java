package dev.stabilitylab.labtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A permission is withdrawn, or a user removed, in the real auth service, while the others may go by stale permissions when auth fails. What
 * auth said last counts, and never what it said before.
 */
class WithdrawnPermissionsIT {

    private static final String ADA = "0x132";
    private static final List<String> BOTH = List.of("can_view_homepage", "can_view_recommendations");

    @TempDir
    private static Path directory;

    private static int authPort;
    private static ServiceProcess recommendations;
    private static ServiceProcess homepage;

    @BeforeAll
    static void startTheServicesThatAskAuth() throws Exception {
        authPort = ServiceProcess.freePort();
        int recommendationsPort = ServiceProcess.freePort();
        List<String> settings = List.of(
                "api-client.upstreams.auth.base-url=http://127.0.0.1:" + authPort,
                // Without a breaker, which would not let the first answer of a new auth through.
                "api-client.upstreams.auth.policies=stale-if-error",
                "api-client.upstreams.auth.stale-if-error.max-age=1h",
                "api-client.upstreams.auth.deadline=30s",
                "resilience4j.timelimiter.instances.auth.timeout-duration=20s");
        recommendations = ServiceProcess.start("recommendations-service", recommendationsPort, log(), settings);
        List<String> more = new ArrayList<>(settings);
        more.addAll(List.of(
                "api-client.upstreams.recommendations.base-url=http://127.0.0.1:" + recommendationsPort,
                "api-client.upstreams.recommendations.policies=",
                "api-client.upstreams.recommendations.deadline=30s",
                "resilience4j.timelimiter.instances.recommendations.timeout-duration=20s",
                // Nobody is there, and a page does without.
                "api-client.upstreams.popularity.base-url=http://127.0.0.1:1"));
        homepage = ServiceProcess.start("homepage-service", ServiceProcess.freePort(), log(), more);
    }

    @AfterAll
    static void stop() {
        homepage.close();
        recommendations.close();
    }

    @Test
    void goesByWhatAuthSaidLast() throws Exception {
        whileAuthKnows(ADA, BOTH, () -> {
            assertThat(recommend().statusCode()).isEqualTo(200);
            assertThat(page().body()).contains("\"recommendations\":[12,");
        });
        assertThat(degraded(recommend())).isEqualTo("auth");
        assertThat(degraded(page())).isEqualTo("auth,popularity");
        assertThat(page().body()).contains("\"recommendations\":[12,");

        // The permission is withdrawn.
        whileAuthKnows(ADA, List.of("can_view_homepage"), () -> {
            assertThat(recommend().statusCode()).isEqualTo(403);
            assertThat(page().body()).contains("\"recommendations\":[],");
        });
        assertThat(recommend().statusCode()).isEqualTo(403);
        assertThat(page().body()).contains("\"recommendations\":[],");
        assertThat(degraded(page())).isEqualTo("auth,popularity");

        // The user is removed.
        whileAuthKnows("0x999", BOTH, () -> {
            assertThat(recommend().statusCode()).isEqualTo(401);
            assertThat(page().statusCode()).isEqualTo(401);
        });
        assertThat(recommend().statusCode()).isEqualTo(503);
        assertThat(page().statusCode()).isEqualTo(503);
    }

    /** Starts auth with one user, and kills it afterwards. */
    private static void whileAuthKnows(String token, List<String> permissions, Step step) throws Exception {
        ServiceProcess auth = ServiceProcess.start(
                "auth-service",
                authPort,
                log(),
                List.of(
                        "auth.users[0].name=Ada",
                        "auth.users[0].uuid=0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132",
                        "auth.users[0].token=" + token,
                        "auth.users[0].permissions=" + String.join(",", permissions)));
        try {
            step.run();
        } finally {
            auth.close();
        }
    }

    /** What is asked meanwhile. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private static Path log() {
        return directory.resolve("services.log");
    }

    private static HttpResponse<String> recommend() throws Exception {
        return recommendations.get("/recommendations", ADA);
    }

    private static HttpResponse<String> page() throws Exception {
        return homepage.get("/home", ADA);
    }

    private static String degraded(HttpResponse<String> answer) {
        return answer.headers().firstValue("Degraded").orElse("");
    }
}

package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesReaderTest {

    @TempDir
    private Path folder;

    @Test
    void takesAnUpstreamByItselfForTheHomepagesPolicy() {
        assertThat(policies("auth", "1s")).containsOnlyKeys(new PolicyTarget("homepage", "auth"));
    }

    @Test
    void takesACallersPolicyForThatCaller() {
        assertThat(policies("popularity/auth", "1s")).containsOnlyKeys(new PolicyTarget("popularity", "auth"));
    }

    @Test
    void givesAllCallersTheirPolicyAtOnce() {
        assertThat(policies("all/auth", "1s"))
                .containsOnlyKeys(
                        new PolicyTarget("homepage", "auth"),
                        new PolicyTarget("recommendations", "auth"),
                        new PolicyTarget("popularity", "auth"));
    }

    @Test
    void prefersThePolicyOfOneCallerToThatOfAllWhereverItStands() {
        Map<PolicyTarget, PolicySpec> policies = read("""
                      popularity/auth: {connect-timeout: 1s, attempt-timeout: 1s, deadline: 2s}
                      all/auth: {connect-timeout: 1s, attempt-timeout: 1s, deadline: 1s}
                """);

        assertThat(settings(policies, new PolicyTarget("popularity", "auth"))).containsEntry("deadline", "2s");
        assertThat(settings(policies, new PolicyTarget("homepage", "auth"))).containsEntry("deadline", "1s");
    }

    @Test
    void fillsInWhatARetryBudgetAndStaleIfErrorLeaveOut() {
        Map<PolicyTarget, PolicySpec> policies = read("""
                      auth:
                        connect-timeout: 1s
                        attempt-timeout: 1s
                        deadline: 1s
                        retry-budget: {percentage: 10}
                        stale-if-error: {max-age: 60s}
                """);

        Map<String, Object> settings = settings(policies, PolicyTarget.ofHomepage("auth"));
        assertThat(settings).containsEntry("retry-budget", Map.of("percentage", 10.0, "burst", 10));
        assertThat(settings).containsEntry("stale-if-error", Map.of("max-age", "1m", "max-size", "10MB"));
    }

    @Test
    void takesTheLimitsOfStaleIfErrorThemselves() {
        Map<PolicyTarget, PolicySpec> policies = read("""
                      auth:
                        connect-timeout: 1s
                        attempt-timeout: 1s
                        deadline: 1s
                        stale-if-error: {max-age: 1ms, max-size: 1024B}
                      recommendations:
                        connect-timeout: 1s
                        attempt-timeout: 1s
                        deadline: 1s
                        stale-if-error: {max-age: 1h, max-size: 1024MB}
                """);

        assertThat(settings(policies, PolicyTarget.ofHomepage("auth")))
                .containsEntry("stale-if-error", Map.of("max-age", "1ms", "max-size", "1KB"));
        assertThat(settings(policies, PolicyTarget.ofHomepage("recommendations")))
                .containsEntry("stale-if-error", Map.of("max-age", "1h", "max-size", "1024MB"));
    }

    private static Map<String, Object> settings(Map<PolicyTarget, PolicySpec> policies, PolicyTarget target) {
        return Objects.requireNonNull(policies.get(target)).settings();
    }

    private Map<PolicyTarget, PolicySpec> policies(String key, String deadline) {
        return read("      %s: {connect-timeout: 1s, attempt-timeout: 1s, deadline: %s}\n".formatted(key, deadline));
    }

    private Map<PolicyTarget, PolicySpec> read(String policies) {
        String script = """
                title: Policies
                load:
                  closed: {users: 1}
                duration: 10s
                variants:
                  only:
                    policies:
                """ + policies;
        return ScriptFixture.read(folder, script).variants().get(0).policies();
    }
}

package dev.stabilitylab.apiclient.internal.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.stabilitylab.apiclient.internal.core.BreakerStage;
import dev.stabilitylab.apiclient.internal.core.Pipeline;
import dev.stabilitylab.apiclient.internal.policy.PolicyJson;
import dev.stabilitylab.apiclient.internal.wire.ConnectionCounts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an upstream is called now, for people and tools.
 *
 * @param policy in the shape that a new one is given in
 * @param policyExpiresAt when a temporary policy gives way to the lasting one, in ISO 8601, UTC; null, and not shown, for a lasting one
 * @param breaker null when it is off
 */
@JsonNaming(KebabCaseStrategy.class)
public record UpstreamView(
        String baseUrl,
        Map<String, Object> policy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String policyExpiresAt,
        @Nullable BreakerView breaker,
        ConnectionCounts connections) {

    /**
     * A breaker and its last changes, oldest first.
     *
     * @param failureRate percent of the window; -1 before the minimum number of calls
     */
    @JsonNaming(KebabCaseStrategy.class)
    public record BreakerView(
            String state, float failureRate, int bufferedCalls, int failedCalls, List<TransitionView> transitions) {}

    /**
     * One change.
     *
     * @param at in ISO 8601, UTC
     */
    public record TransitionView(String at, String from, String to) {}

    static UpstreamView of(URI baseUrl, Gateway.InUse inUse, ConnectionCounts connections) {
        Pipeline pipeline = inUse.pipeline();
        return new UpstreamView(
                baseUrl.toString(),
                PolicyJson.write(pipeline.policy()),
                inUse.until() == null ? null : inUse.until().toString(),
                pipeline.breaker() == null ? null : breaker(pipeline.breaker()),
                connections);
    }

    private static BreakerView breaker(BreakerStage step) {
        var metrics = step.breaker().getMetrics();
        return new BreakerView(
                step.breaker().getState().name(),
                metrics.getFailureRate(),
                metrics.getNumberOfBufferedCalls(),
                metrics.getNumberOfFailedCalls(),
                step.journal().transitions().stream()
                        .map(change -> new TransitionView(
                                change.at().toString(),
                                change.from().name(),
                                change.to().name()))
                        .toList());
    }
}

package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Strike;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a toxic did to a connection, as streams of events tell it.
 *
 * @param request first line of the request that was hit
 * @param reason why the toxic cannot act
 * @param untold how many of this toxic were left out before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StrikeBody(
        String event,
        String at,
        String proxy,
        String toxic,
        String type,
        String stream,
        long connection,
        @Nullable String request,
        @Nullable String traceparent,
        @Nullable String reason,
        long untold) {

    static StrikeBody of(Strike strike, Instant at) {
        AppliedToxic toxic = strike.toxic();
        return new StrikeBody(
                strike.kind().label(),
                ChangeBody.TIME.format(at),
                strike.proxy(),
                toxic.name(),
                toxic.type().name(),
                toxic.direction().label(),
                strike.connection(),
                strike.details().get("request"),
                strike.details().get("traceparent"),
                strike.details().get("reason"),
                strike.untold());
    }
}

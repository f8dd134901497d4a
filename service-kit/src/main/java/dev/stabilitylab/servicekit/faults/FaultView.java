package dev.stabilitylab.servicekit.faults;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.stabilitylab.apiclient.internal.support.DurationText;
import dev.stabilitylab.servicekit.faults.FaultSwitch.Active;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The active fault of a service, for people and tools. Everything but the instance is null when there is none.
 *
 * @param instance tells instances apart, and an instance from itself after a restart
 * @param expiresAt in ISO 8601, UTC
 */
@JsonNaming(KebabCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record FaultView(
        String instance,
        @Nullable SlowdownView slowdown,
        @Nullable Errors errors,
        @Nullable String expiresAt) {

    static FaultView of(String instance, Optional<Active> active) {
        return active.map(now -> new FaultView(
                        instance,
                        SlowdownView.of(now.fault().slowdown()),
                        now.fault().errors(),
                        now.expiresAt().toString()))
                .orElseGet(() -> new FaultView(instance, null, null, null));
    }

    /** A slowdown with its durations as text, as a request gives them. */
    record SlowdownView(String latency, String jitter, double probability) {

        static @Nullable SlowdownView of(@Nullable Slowdown slowdown) {
            return slowdown == null
                    ? null
                    : new SlowdownView(
                            DurationText.format(slowdown.latency()),
                            DurationText.format(slowdown.jitter()),
                            slowdown.probability());
        }
    }
}

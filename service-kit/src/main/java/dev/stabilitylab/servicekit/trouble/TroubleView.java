package dev.stabilitylab.servicekit.trouble;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.stabilitylab.servicekit.trouble.TroubleSwitch.Running;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The trouble of a service, for people and tools. Everything but the instance is null when there is none.
 *
 * @param instance tells instances apart, and an instance from itself after a restart
 * @param expiresAt when it will be over, in ISO 8601, UTC
 */
@JsonNaming(KebabCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record TroubleView(
        String instance,
        @Nullable SlowdownView slowdown,
        @Nullable Errors errors,
        @Nullable String expiresAt) {

    static TroubleView of(String instance, Optional<Running> running) {
        return running.map(now -> new TroubleView(
                        instance,
                        SlowdownView.of(now.trouble().slowdown()),
                        now.trouble().errors(),
                        now.expiresAt().toString()))
                .orElseGet(() -> new TroubleView(instance, null, null, null));
    }

    /** A slowdown with its times in the shape in which they are given. */
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

package dev.stabilitylab.servicekit.defaults;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * Whether the profile {@value #NAME} is on. While it is off, the auto-configurations behind it are left out, so that a service starts as
 * fast as if they were not there. {@code spring.autoconfigure.exclude} could not be undone by a profile without repeating the whole list.
 */
final class TracingProfile implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String NAME = "tracing";
    private static final String[] BEHIND_IT = {
        "org.springframework.boot.actuate.autoconfigure.tracing.",
        "org.springframework.boot.actuate.autoconfigure.opentelemetry.",
        "org.springframework.boot.actuate.autoconfigure.logging.OpenTelemetry",
        "org.springframework.boot.actuate.autoconfigure.logging.otlp.",
        "dev.stabilitylab.servicekit.tracing."
    };

    private boolean on;

    static boolean isOn(Environment environment) {
        return environment.acceptsProfiles(Profiles.of(NAME));
    }

    @Override
    public void setEnvironment(Environment environment) {
        on = isOn(environment);
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] match = new boolean[autoConfigurations.length];
        for (int i = 0; i < match.length; i++) {
            match[i] = on || !isBehindIt(autoConfigurations[i]);
        }
        return match;
    }

    // Null where another filter has left one out already.
    private static boolean isBehindIt(@Nullable String autoConfiguration) {
        return autoConfiguration != null && Stream.of(BEHIND_IT).anyMatch(autoConfiguration::startsWith);
    }
}

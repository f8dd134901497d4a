package dev.stabilitylab.servicekit.defaults;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;

/**
 * Adds the settings in {@value #FILE} below all others, and above them those in {@value #TRACING_FILE} where the profile tracing is on. A file named by {@code spring.config.import} could not do that:
 * what is imported wins over what imports it.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class ServiceDefaults implements EnvironmentPostProcessor {

    static final String FILE = "service-kit-defaults.yml";
    static final String TRACING_FILE = "service-kit-tracing.yml";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (TracingProfile.isOn(environment)) {
            addLast(TRACING_FILE, environment);
        }
        addLast(FILE, environment);
    }

    private static void addLast(String file, ConfigurableEnvironment environment) {
        try {
            new YamlPropertySourceLoader()
                    .load(file, new ClassPathResource(file))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }
}

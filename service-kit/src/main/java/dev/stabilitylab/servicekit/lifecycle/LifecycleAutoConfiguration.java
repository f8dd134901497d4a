package dev.stabilitylab.servicekit.lifecycle;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** Stops an orphaned service when {@code service-kit.stop-when-orphaned} is true; it is false by default. */
@AutoConfiguration
class LifecycleAutoConfiguration {

    /** Leaves through {@link System#exit}, whose shutdown hook closes the application gracefully. */
    @Bean(initMethod = "start")
    @ConditionalOnBooleanProperty("service-kit.stop-when-orphaned")
    OrphanWatch orphanWatch() {
        return new OrphanWatch(System.in, () -> System.exit(0));
    }
}

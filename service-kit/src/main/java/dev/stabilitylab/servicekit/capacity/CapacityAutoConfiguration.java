package dev.stabilitylab.servicekit.capacity;

import dev.stabilitylab.servicekit.faults.FaultSwitch;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** One {@link Capacity} for the service; its controllers serve their requests with it. */
@AutoConfiguration(after = CompositeMeterRegistryAutoConfiguration.class)
@EnableConfigurationProperties(CapacityProperties.class)
class CapacityAutoConfiguration {

    @Bean
    Capacity capacity(CapacityProperties limits, FaultSwitch faults, MeterRegistry registry) {
        Pause realTime = duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        return new Capacity(limits, realTime, faults::next, new CapacityMetrics(registry));
    }
}

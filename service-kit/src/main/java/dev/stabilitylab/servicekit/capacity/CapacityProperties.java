package dev.stabilitylab.servicekit.capacity;

import dev.stabilitylab.servicekit.settings.Settings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a service can do.
 *
 * @param serviceTime how long the work of one request takes, beyond what the service really has to do
 * @param concurrentRequests how many requests are worked on at once
 * @param queueLength how many more requests wait for their turn; the next one is turned away
 */
@ConfigurationProperties("service-kit.capacity")
record CapacityProperties(
        @DefaultValue("0ms") Duration serviceTime,
        @DefaultValue("200") int concurrentRequests,
        @DefaultValue("100") int queueLength) {

    CapacityProperties {
        if (serviceTime.isNegative()) {
            throw Settings.invalid("service-kit.capacity.service-time is %d ms; it must be at least 0 ms"
                    .formatted(serviceTime.toMillis()));
        }
        requireAtLeast(1, concurrentRequests, "concurrent-requests");
        requireAtLeast(0, queueLength, "queue-length");
    }

    private static void requireAtLeast(int least, int value, String key) {
        if (value < least) {
            throw Settings.invalid(
                    "service-kit.capacity.%s is %d; it must be at least %d".formatted(key, value, least));
        }
    }
}

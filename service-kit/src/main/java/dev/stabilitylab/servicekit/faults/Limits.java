package dev.stabilitylab.servicekit.faults;

import dev.stabilitylab.apiclient.internal.support.DurationText;
import java.time.Duration;

/** What values may be; each broken limit is an {@link IllegalArgumentException} that names key, value and limit. */
final class Limits {

    private Limits() {}

    static void within(String key, Duration value, Duration shortest, Duration longest) {
        if (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException("%s is %s; it must be from %s to %s"
                    .formatted(
                            key,
                            DurationText.format(value),
                            DurationText.format(shortest),
                            DurationText.format(longest)));
        }
    }

    /** A share of requests, as a probability. None at all would be no fault. */
    static void share(String key, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("%s is %s; it must be above 0 and at most 1".formatted(key, value));
        }
    }
}

package dev.stabilitylab.apiclient.internal.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a pure function of the retry's number, the wait before it, and chance.
 *
 * <p>With {@code expo(n) = min(cap, base * multiplier^n)} for retry {@code n} from 0, the cap applied <em>before</em> the
 * jitter, so that waits stay spread once the cap is reached:
 *
 * <ul>
 *   <li>none: {@code expo(n)}
 *   <li>full: {@code U(0, expo(n))}
 *   <li>equal: {@code expo(n)/2 + U(0, expo(n)/2)}
 *   <li>decorrelated: {@code min(cap, U(base, 3 * previous))}, the wait before the first retry being {@code base}
 * </ul>
 *
 * <p>Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
public record Backoff(Duration base, double multiplier, Duration cap, Jitter jitter) {

    /**
     * The wait before retry {@code n}.
     *
     * @param n number of the retry, from 0
     * @param previous the wait before the retry before it; for the first retry {@link #base()}
     */
    public Duration before(int n, Duration previous, RandomGenerator random) {
        double baseNanos = base.toNanos();
        double capNanos = cap.toNanos();
        double expo = Math.min(capNanos, baseNanos * Math.pow(multiplier, n));
        double nanos = switch (jitter) {
            case NONE -> expo;
            case FULL -> random.nextDouble() * expo;
            case EQUAL -> expo / 2 + random.nextDouble() * expo / 2;
            case DECORRELATED -> {
                double highest = Math.max(baseNanos, 3.0 * previous.toNanos());
                yield Math.min(capNanos, baseNanos + random.nextDouble() * (highest - baseNanos));
            }
        };
        return Duration.ofNanos((long) nanos);
    }
}

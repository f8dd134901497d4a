package dev.stabilitylab.faultinjector.proxy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** How long chunks of bytes were held back: a histogram that can be written by many threads and read at any time. */
public final class Delays {

    private static final long[] BOUNDS_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000};

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_MILLIS.length + 1);
    private final LongAdder totalNanos = new LongAdder();

    Delays() {}

    /** The upper bounds of the buckets in milliseconds, inclusive; behind the last comes one without a bound. */
    public static List<Long> boundsMillis() {
        return Arrays.stream(BOUNDS_MILLIS).boxed().toList();
    }

    void add(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS_MILLIS.length && nanos > TimeUnit.MILLISECONDS.toNanos(BOUNDS_MILLIS[bucket])) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        totalNanos.add(nanos);
    }

    /** How many there were in each bucket, not accumulated. */
    public List<Long> counts() {
        return IntStream.range(0, counts.length()).mapToObj(counts::get).toList();
    }

    /** The sum of all. */
    public long totalNanos() {
        return totalNanos.sum();
    }
}

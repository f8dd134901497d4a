package dev.stabilitylab.faultinjector.control;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers the answers, so that one can be found in logs; another sequence in every run of the program. */
final class RequestIds {

    private final String run =
            Integer.toString(new SplittableRandom().nextInt(1, Integer.MAX_VALUE), Character.MAX_RADIX);
    private final AtomicLong count = new AtomicLong();

    String next() {
        return run + "-" + count.incrementAndGet();
    }
}

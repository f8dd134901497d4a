package dev.stabilitylab.servicekit.capacity;

import java.time.Duration;

/** Lets time pass. Stands in for work, and is passed in so that tests need not wait. */
@FunctionalInterface
interface Pause {

    void pause(Duration duration) throws InterruptedException;
}

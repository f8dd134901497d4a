package dev.stabilitylab.apiclient.internal.gateway;

import java.time.Duration;

/** Waits between attempts; passed in, so that tests need not wait. */
@FunctionalInterface
interface Sleeper {

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;
}

package dev.stabilitylab.faultinjector.proxy;

import io.netty.util.concurrent.EventExecutor;

/** When a fault begins, if it has not yet, and when it ends by itself, if it does. Guarded by the lock that it is given. */
final class FaultTimer {

    private final Alarm beginning;
    private final Alarm ending;
    private Lifetime lifetime = Lifetime.LASTING;

    /**
     * Nothing happens before a lifetime is set.
     *
     * @param changes where the fault begins and ends; its clock is the one that counts
     * @param begin puts a fault into effect whose delay is over
     * @param end ends a fault whose time is over
     */
    FaultTimer(EventExecutor changes, Object lock, Runnable begin, Runnable end) {
        this.beginning = new Alarm(
                changes,
                lock,
                () -> Cause.DELAY.during(() -> {
                    // First, so that it ends even if it does not begin as it should.
                    startToEnd();
                    begin.run();
                }));
        this.ending = new Alarm(changes, lock, () -> Cause.TTL.during(end));
    }

    /** Takes the place of what was set before. A fault without a delay is in effect now, and not begun here. */
    void set(Lifetime wanted) {
        cancel();
        lifetime = wanted;
        if (wanted.isDelayed()) {
            beginning.set(wanted.delayMillis());
        } else {
            startToEnd();
        }
    }

    /** From now on nothing happens by itself. */
    void cancel() {
        beginning.cancel();
        ending.cancel();
        lifetime = Lifetime.LASTING;
    }

    /** What is left; before the beginning, that is the whole time to live. */
    Lifetime remaining() {
        long delay = beginning.remainingMillis().orElse(0);
        return new Lifetime(
                delay,
                delay > 0 ? lifetime.ttlMillis() : ending.remainingMillis().orElse(0));
    }

    private void startToEnd() {
        if (lifetime.ttlMillis() > 0) {
            ending.set(lifetime.ttlMillis());
        }
    }
}

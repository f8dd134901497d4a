package dev.stabilitylab.faultinjector.proxy;

import io.netty.util.concurrent.EventExecutor;

/** When a fault begins, if it has not yet, and when it ends by itself, if it does. Guarded by the lock that it is given. */
final class FaultTimer {

    private final Alarm alarm;
    private final Runnable begin;
    private final Runnable end;
    private boolean pending;
    private long ttlMillis;

    /**
     * @param changes where the fault begins and ends; its clock is the one that counts
     * @param begin puts a fault into effect whose delay is over
     * @param end ends a fault whose time is over
     */
    FaultTimer(EventExecutor changes, Object lock, Runnable begin, Runnable end) {
        this.alarm = new Alarm(changes, lock, this::react);
        this.begin = begin;
        this.end = end;
    }

    /** Takes the place of what was set before. A fault without a delay is in effect now, and not begun here. */
    void set(Lifetime wanted) {
        cancel();
        ttlMillis = wanted.ttlMillis();
        pending = wanted.isDelayed();
        if (pending) {
            alarm.set(wanted.delayMillis());
        } else {
            startToEnd();
        }
    }

    private void react() {
        if (pending) {
            pending = false;
            // First, so that it ends even if it does not begin as it should.
            startToEnd();
            Cause.DELAY.during(begin);
        } else {
            Cause.TTL.during(end);
        }
    }

    private void startToEnd() {
        if (ttlMillis > 0) {
            alarm.set(ttlMillis);
        }
    }

    /** From now on nothing happens by itself. */
    void cancel() {
        alarm.cancel();
        pending = false;
    }

    /** What is left; before the beginning, that is the whole time to live. */
    Lifetime remaining() {
        long left = alarm.remainingMillis().orElse(0);
        return pending ? new Lifetime(left, ttlMillis) : new Lifetime(0, left);
    }
}

package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Users who come at their own times, however the earlier ones fare. When this loop itself is late, it asks for all pages that are
 * due at once, each with the moment in which it was due.
 */
final class OpenLoop {

    private final Visits visits;
    private final Timer timer;
    private final RunClock clock;
    private final Arrivals arrivals;
    // Only the timer's thread touches what follows, and the arrivals.
    private long users;
    private Timer.@Nullable Task next;

    OpenLoop(Visits visits, Timer timer, RunClock clock, Arrivals arrivals) {
        this.visits = visits;
        this.timer = timer;
        this.clock = clock;
        this.arrivals = arrivals;
    }

    void start() {
        timer.at(clock.nanos(), () -> waitFor(arrivals.next()));
    }

    /** So many users come a second, from a moment on. */
    void changeRate(long nanos, double ratePerSecond) {
        timer.at(nanos, () -> {
            if (next != null) {
                next.cancel();
            }
            waitFor(arrivals.changeRate(nanos, ratePerSecond));
        });
    }

    private void waitFor(long due) {
        next = timer.at(due, () -> askFrom(due));
    }

    private void askFrom(long firstDue) {
        long due = firstDue;
        while (due <= clock.nanos()) {
            if (!visits.begin(users++, due, last -> {})) {
                return;
            }
            due = arrivals.next();
        }
        waitFor(due);
    }
}

package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.time.Timer;
import java.time.Duration;

/** Users who wait for a page, think, and ask for the next one. */
final class ClosedLoop {

    /**
     * The least pause after a page that came to nothing before it left the machine. Without it, users of an instance that is gone
     * would ask thousands of times a second, and take the processor away from the system they measure.
     */
    static final Duration PAUSE_AFTER_CONNECTION_ERROR = Duration.ofMillis(20);

    private final Visits visits;
    private final Timer timer;
    private final RunClock clock;
    private final LoadSpec.Closed spec;

    ClosedLoop(Visits visits, Timer timer, RunClock clock, LoadSpec.Closed spec) {
        this.visits = visits;
        this.timer = timer;
        this.clock = clock;
        this.spec = spec;
    }

    /** Sends the users off, spread evenly over one think time, so that they do not march in step. */
    void start() {
        long now = clock.nanos();
        long gap = spec.thinkTime().toNanos() / spec.users();
        for (int user = 0; user < spec.users(); user++) {
            askAt(user, now + user * gap);
        }
    }

    /** Always by way of the timer: a page that ends at once would otherwise call itself without end. */
    private void askAt(int user, long due) {
        timer.at(due, () -> visits.begin(user, due, last -> askAt(user, clock.nanos() + pauseAfter(last))));
    }

    private long pauseAfter(Page page) {
        long think = spec.thinkTime().toNanos();
        return page.kind() == PageKind.CONNECTION_ERROR
                ? Math.max(think, PAUSE_AFTER_CONNECTION_ERROR.toNanos())
                : think;
    }
}

package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.time.Timer;
import java.util.function.Consumer;

/**
 * Users who come at their own times, however the earlier ones fare. When this loop itself is late, it asks for all pages that are
 * due at once, each with the moment in which it was due.
 */
final class OpenLoop {

    private final Pages pages;
    private final Timer timer;
    private final RunClock clock;
    private final Arrivals arrivals;
    private final Consumer<Page> sink;
    private long users;

    OpenLoop(Pages pages, Timer timer, RunClock clock, Arrivals arrivals, Consumer<Page> sink) {
        this.pages = pages;
        this.timer = timer;
        this.clock = clock;
        this.arrivals = arrivals;
        this.sink = sink;
    }

    void start() {
        waitFor(arrivals.next());
    }

    private void waitFor(long due) {
        timer.at(due, () -> askFrom(due));
    }

    private void askFrom(long firstDue) {
        long due = firstDue;
        while (due <= clock.nanos()) {
            if (!pages.ask(users++, due, sink)) {
                return;
            }
            due = arrivals.next();
        }
        waitFor(due);
    }
}

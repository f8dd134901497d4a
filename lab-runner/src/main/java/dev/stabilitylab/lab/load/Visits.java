package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.time.Timer;
import java.util.function.Consumer;

/** What users do about a page: they ask for it, and those who did not get it may ask again. */
final class Visits {

    private final Pages pages;
    private final Timer timer;
    private final RunClock clock;
    private final GroupChoice groups;
    private final Reloading reloading;
    private final Consumer<Page> sink;

    /**
     * With nobody there yet.
     *
     * @param sink gets every page of every visit
     */
    Visits(Pages pages, Timer timer, RunClock clock, GroupChoice groups, Reloading reloading, Consumer<Page> sink) {
        this.pages = pages;
        this.timer = timer;
        this.clock = clock;
        this.groups = groups;
        this.reloading = reloading;
        this.sink = sink;
    }

    /**
     * A user comes. To be called by one thread at a time.
     *
     * @param dueNanos when the first request was due, which may have passed
     * @param ended called once with the last page of the visit, unless no more pages are wanted before
     * @return false when no more pages are wanted
     */
    boolean begin(long user, long dueNanos, Consumer<Page> ended) {
        return ask(new Wish(user, groups.next(dueNanos), 0, dueNanos), ended);
    }

    private boolean ask(Wish wish, Consumer<Page> ended) {
        return pages.ask(wish, page -> {
            sink.accept(page);
            if (reloading.follows(page.kind(), wish.reloads())) {
                long due = clock.nanos() + reloading.pause();
                timer.at(due, () -> ask(wish.again(due), ended));
            } else {
                ended.accept(page);
            }
        });
    }
}

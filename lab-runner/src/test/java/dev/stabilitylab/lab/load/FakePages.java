package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Pages that take a given time, or no time at all. */
final class FakePages implements Pages {

    final List<Wish> wishes = new ArrayList<>();
    final List<Long> users = new ArrayList<>();
    final List<Duration> due = new ArrayList<>();
    PageKind kind = PageKind.FULL;
    Duration serviceTime = Duration.ZERO;
    boolean closed;

    private final ManualTime time;

    FakePages(ManualTime time) {
        this.time = time;
    }

    @Override
    public boolean ask(Wish wish, Consumer<Page> ended) {
        if (closed) {
            return false;
        }
        wishes.add(wish);
        users.add(wish.user());
        due.add(Duration.ofNanos(wish.dueNanos()));
        if (serviceTime.isZero()) {
            end(wish, ended);
        } else {
            time.at(time.clock().nanos() + serviceTime.toNanos(), () -> end(wish, ended));
        }
        return true;
    }

    private void end(Wish wish, Consumer<Page> ended) {
        ended.accept(new Page(
                wish.dueNanos() / 1000, time.clock().nanos() / 1000, kind, 200, wish.group(), wish.reloads() > 0));
    }
}

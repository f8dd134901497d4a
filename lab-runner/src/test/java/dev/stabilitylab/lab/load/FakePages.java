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
    public boolean ask(long user, long dueNanos, Consumer<Page> ended) {
        if (closed) {
            return false;
        }
        users.add(user);
        due.add(Duration.ofNanos(dueNanos));
        if (serviceTime.isZero()) {
            end(dueNanos, ended);
        } else {
            time.at(time.clock().nanos() + serviceTime.toNanos(), () -> end(dueNanos, ended));
        }
        return true;
    }

    private void end(long dueNanos, Consumer<Page> ended) {
        ended.accept(new Page(dueNanos / 1000, time.clock().nanos() / 1000, kind, 200));
    }
}

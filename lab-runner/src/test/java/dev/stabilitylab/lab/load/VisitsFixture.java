package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.script.LoadSpec.Group;
import dev.stabilitylab.lab.script.LoadSpec.Reloads;
import dev.stabilitylab.lab.time.ManualTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Visits by users who are all alike. */
final class VisitsFixture {

    private VisitsFixture() {}

    static Visits visits(FakePages pages, ManualTime time, @Nullable Reloads reloads, Consumer<Page> sink) {
        List<Group> groups = List.of(new Group(Group.EVERYBODY, 1, "Token 0x132", null));
        return new Visits(
                pages,
                time,
                time.clock(),
                new GroupChoice(groups, new SplittableRandom(1)),
                new Reloading(reloads, new SplittableRandom(2)),
                sink);
    }
}

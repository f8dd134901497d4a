package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.script.LoadSpec.Group;
import java.util.List;
import java.util.random.RandomGenerator;

/** Decides of which group the user of each visit is. */
final class GroupChoice {

    private final List<Group> groups;
    private final RandomGenerator random;

    /**
     * Draws every visit by itself.
     *
     * @param groups with moments from the clock's origin
     */
    GroupChoice(List<Group> groups, RandomGenerator random) {
        this.groups = groups;
        this.random = random;
    }

    /** The place of the next user's group in the load; the first group stands in for one that is not there yet. */
    byte next(long dueNanos) {
        // Drawn in any case: who comes later does not depend on when the groups begin.
        int drawn = drawn(random.nextDouble());
        return (byte) (isThere(groups.get(drawn), dueNanos) ? drawn : 0);
    }

    private int drawn(double luck) {
        double upTo = 0;
        for (int i = 0; i < groups.size() - 1; i++) {
            upTo += groups.get(i).share();
            if (luck < upTo) {
                return i;
            }
        }
        return groups.size() - 1;
    }

    private static boolean isThere(Group group, long nanos) {
        return group.from() == null || nanos >= group.from().toNanos();
    }
}

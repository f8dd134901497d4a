package dev.stabilitylab.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.script.LoadSpec.Group;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupChoiceTest {

    private static final List<Group> GROUPS = List.of(
            new Group("known", 0.7, "Token 1", null),
            new Group("newcomers", 0.2, "Token 2", Duration.ofSeconds(10)),
            new Group("strangers", 0.1, "Token 3", null));

    private final GroupChoice choice = new GroupChoice(GROUPS, new SplittableRandom(2));

    @Test
    void givesEveryGroupItsShare() {
        int[] counts = counts(Duration.ofSeconds(10));

        assertThat(counts[0]).isBetween(6_900, 7_100);
        assertThat(counts[1]).isBetween(1_900, 2_100);
        assertThat(counts[2]).isBetween(900, 1_100);
    }

    @Test
    void letsTheFirstGroupStandInForOneThatIsNotThereYet() {
        int[] counts = counts(Duration.ofSeconds(10).minusNanos(1));

        assertThat(counts[0]).isBetween(8_900, 9_100);
        assertThat(counts[1]).isZero();
        assertThat(counts[2]).isBetween(900, 1_100);
    }

    @Test
    void drawsTheSameUsersWheneverAGroupBegins() {
        GroupChoice other = new GroupChoice(GROUPS, new SplittableRandom(2));
        for (int i = 0; i < 100; i++) {
            other.next(0);
            choice.next(Duration.ofSeconds(20).toNanos());
        }

        assertThat(counts(Duration.ofSeconds(20))).isEqualTo(counts(other, Duration.ofSeconds(20)));
    }

    private int[] counts(Duration due) {
        return counts(choice, due);
    }

    private static int[] counts(GroupChoice choice, Duration due) {
        int[] counts = new int[GROUPS.size()];
        for (int i = 0; i < 10_000; i++) {
            counts[choice.next(due.toNanos())]++;
        }
        return counts;
    }
}

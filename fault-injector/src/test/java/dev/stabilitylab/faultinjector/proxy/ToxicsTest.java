package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ToxicsTest {

    private final EmbeddedChannel time = new EmbeddedChannel();
    private final List<List<String>> applied = new ArrayList<>();
    private final List<String> announced = new ArrayList<>();
    private final Toxics toxics =
            new Toxics("auth", time.eventLoop(), new Object(), this::apply, this::announce, strike -> {});

    private void apply() {
        applied.add(toxics.inEffect().stream().map(AppliedToxic::name).toList());
    }

    private void announce(Change.Kind kind, AppliedToxic toxic, Lifetime remaining) {
        announced.add("%s %s %s%s"
                .formatted(kind.label(), toxic.name(), Cause.current().label(), remaining.remark()));
    }

    @BeforeEach
    void stopTheClock() {
        time.freezeTime();
    }

    @Test
    void keepsToxicsInTheOrderInWhichTheyWereAddedAlsoWhenTheyChange() {
        toxics.add(toxic("b", 1), Lifetime.LASTING);
        toxics.add(toxic("a", 1), Lifetime.LASTING);

        toxics.change(toxic("b", 2), Lifetime.LASTING);

        assertThat(toxics.all()).containsExactly(toxic("b", 2), toxic("a", 1));
    }

    @Test
    void takesAToxicOffAndAppliesThatWhenItsTimeIsOver() {
        toxics.add(toxic("a", 1), Lifetime.ofTtl(500));
        toxics.add(toxic("b", 1), Lifetime.LASTING);

        advance(499);
        advance(1);

        assertThat(applied).containsExactly(List.of("a"), List.of("a", "b"), List.of("b"));
    }

    @Test
    void announcesWhatChangesAndWhy() {
        toxics.add(toxic("a", 1), Lifetime.ofTtl(500));
        toxics.change(toxic("a", 2), Lifetime.ofTtl(700));
        advance(700);
        toxics.add(toxic("b", 1), Lifetime.LASTING);
        toxics.change(toxic("b", 1), Lifetime.LASTING);
        Cause.RESET.during(toxics::removeAll);
        toxics.add(toxic("c", 1), Lifetime.LASTING);
        Cause.SCHEDULE.during(() -> toxics.remove("c"));

        assertThat(announced)
                .containsExactly(
                        "toxic-added a api, for 500 ms",
                        "toxic-changed a api, for 700 ms",
                        "toxic-removed a ttl",
                        "toxic-added b api",
                        "toxic-removed b reset",
                        "toxic-added c api",
                        "toxic-removed c schedule");
    }

    @Test
    void endsEachToxicAtItsOwnTime() {
        toxics.add(toxic("a", 1), Lifetime.ofTtl(300));
        toxics.add(toxic("b", 1), Lifetime.ofTtl(100));
        toxics.add(toxic("c", 1), Lifetime.ofTtl(200));
        applied.clear();

        advance(100);
        advance(100);
        advance(100);

        assertThat(applied).containsExactly(List.of("a", "c"), List.of("a"), List.of());
    }

    @Test
    void countsFromTheLastChange() {
        toxics.add(toxic("a", 1), Lifetime.ofTtl(500));
        advance(400);

        toxics.change(toxic("a", 2), Lifetime.ofTtl(1000));
        advance(999);

        assertThat(toxics.remaining("a")).isEqualTo(Lifetime.ofTtl(1));
        assertThat(names()).containsExactly("a");
        advance(1);
        assertThat(names()).isEmpty();
    }

    @Test
    void keepsAToxicThatWasChangedWithoutATime() {
        toxics.add(toxic("a", 1), Lifetime.ofTtl(500));

        toxics.change(toxic("a", 1), Lifetime.LASTING);
        advance(Lifetime.MAX_MILLIS);

        assertThat(names()).containsExactly("a");
        assertThat(toxics.remaining("a")).isEqualTo(Lifetime.LASTING);
    }

    @Test
    void doesNotEndAnotherToxicOfTheSameName() {
        toxics.add(toxic("a", 1), Lifetime.ofTtl(500));
        toxics.remove("a");
        toxics.add(toxic("a", 1), Lifetime.LASTING);

        advance(500);

        assertThat(names()).containsExactly("a");
    }

    @Test
    void forgetsAllTimesWhenAllAreRemoved() {
        toxics.add(toxic("a", 1), Lifetime.ofTtl(500));
        toxics.removeAll();
        applied.clear();

        advance(500);

        assertThat(applied).isEmpty();
    }

    @Test
    void keepsItsTimeWhenAnotherOneOfTheSameNameIsRefused() {
        toxics.add(toxic("a", 1), Lifetime.ofTtl(500));

        assertThatThrownBy(() -> toxics.add(toxic("a", 2), Lifetime.LASTING))
                .hasMessage("proxy auth has a toxic a already");
        advance(500);

        assertThat(names()).isEmpty();
    }

    @Test
    void keepsThePlaceOfAToxicThatHasNotBegunYet() {
        toxics.add(toxic("a", 1), Lifetime.LASTING);
        toxics.add(toxic("b", 1), new Lifetime(500, 0));
        toxics.add(toxic("c", 1), Lifetime.LASTING);
        List<String> listed = names();
        applied.clear();

        advance(500);

        assertThat(listed).containsExactly("a", "b", "c");
        assertThat(applied).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void keepsTheOldSettingsInEffectUntilTheDelayOfTheNewOnesIsOver() {
        toxics.add(toxic("a", 1), Lifetime.ofTtl(100));

        toxics.change(toxic("a", 2), new Lifetime(500, 300));
        advance(499);
        List<AppliedToxic> before = toxics.inEffect();
        advance(1);
        List<AppliedToxic> after = toxics.inEffect();
        advance(300);

        assertThat(before).containsExactly(toxic("a", 1));
        assertThat(after).containsExactly(toxic("a", 2));
        assertThat(names()).isEmpty();
    }

    @Test
    void showsWhatAToxicIsToBe() {
        toxics.add(toxic("a", 1), Lifetime.LASTING);

        toxics.change(toxic("a", 2), new Lifetime(500, 0));

        assertThat(toxics.get("a")).isEqualTo(toxic("a", 2));
        assertThat(toxics.all()).containsExactly(toxic("a", 2));
    }

    @Test
    void forgetsWhatWasToComeWithAChange() {
        toxics.add(toxic("a", 1), new Lifetime(500, 300));

        toxics.change(toxic("a", 2), Lifetime.LASTING);
        List<AppliedToxic> atOnce = toxics.inEffect();
        advance(800);

        assertThat(atOnce).containsExactly(toxic("a", 2));
        assertThat(toxics.inEffect()).containsExactly(toxic("a", 2));
    }

    @Test
    void forgetsWhatWasToComeWhenItIsRemoved() {
        toxics.add(toxic("a", 1), new Lifetime(500, 0));
        toxics.add(toxic("b", 1), new Lifetime(500, 0));

        toxics.remove("a");
        toxics.removeAll();
        advance(500);

        assertThat(toxics.inEffect()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void endsAFaultAsItWasCaused() {
        Fault fault = toxics.add(toxic("a", 1), Lifetime.LASTING);
        Fault pending = toxics.add(toxic("b", 1), new Lifetime(500, 0));

        fault.end();
        pending.end();
        fault.end();
        advance(500);

        assertThat(names()).isEmpty();
    }

    @Test
    void leavesAFaultAloneThatHasBeenChangedOrAddedAnew() {
        Fault changed = toxics.add(toxic("a", 1), Lifetime.LASTING);
        Fault removed = toxics.add(toxic("b", 1), Lifetime.LASTING);
        toxics.change(toxic("a", 1), Lifetime.LASTING);
        toxics.remove("b");
        toxics.add(toxic("b", 1), Lifetime.LASTING);

        changed.end();
        removed.end();

        assertThat(names()).containsExactly("a", "b");
    }

    private List<String> names() {
        return toxics.all().stream().map(AppliedToxic::name).toList();
    }

    private void advance(long millis) {
        time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        time.runScheduledPendingTasks();
    }

    private static AppliedToxic toxic(String name, long latency) {
        ToxicType type = ToxicTypes.find("latency").orElseThrow();
        return new AppliedToxic(name, type, Direction.DOWNSTREAM, 1, type.create(Map.of("latency", latency)));
    }
}

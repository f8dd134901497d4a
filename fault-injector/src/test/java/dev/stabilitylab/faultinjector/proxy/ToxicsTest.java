package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.faultinjector.toxic.ToxicType;
import dev.stabilitylab.faultinjector.toxic.ToxicTypes;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ToxicsTest {

    private final EmbeddedChannel time = new EmbeddedChannel();
    private final List<List<String>> applied = new ArrayList<>();
    private final List<String> announced = new ArrayList<>();
    private final Toxics toxics = new Toxics("auth", time.eventLoop(), new Object(), this::apply, this::announce);

    private void apply() {
        applied.add(names());
    }

    private void announce(Change.Kind kind, AppliedToxic toxic, OptionalLong ttlMillis) {
        announced.add("%s %s %s %s"
                .formatted(kind.label(), toxic.name(), Cause.current().label(), ttlMillis));
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
        toxics.add(toxic("a", 1), new Lifetime(500));
        toxics.add(toxic("b", 1), Lifetime.LASTING);

        advance(499);
        advance(1);

        assertThat(applied).containsExactly(List.of("a"), List.of("a", "b"), List.of("b"));
    }

    @Test
    void announcesWhatChangesAndWhy() {
        toxics.add(toxic("a", 1), new Lifetime(500));
        toxics.change(toxic("a", 2), new Lifetime(700));
        advance(700);
        toxics.add(toxic("b", 1), Lifetime.LASTING);
        toxics.change(toxic("b", 1), Lifetime.LASTING);
        Cause.RESET.during(toxics::removeAll);
        toxics.add(toxic("c", 1), Lifetime.LASTING);
        Cause.SCHEDULE.during(() -> toxics.remove("c"));

        assertThat(announced)
                .containsExactly(
                        "toxic-added a api OptionalLong[500]",
                        "toxic-changed a api OptionalLong[700]",
                        "toxic-removed a ttl OptionalLong.empty",
                        "toxic-added b api OptionalLong.empty",
                        "toxic-removed b reset OptionalLong.empty",
                        "toxic-added c api OptionalLong.empty",
                        "toxic-removed c schedule OptionalLong.empty");
    }

    @Test
    void endsEachToxicAtItsOwnTime() {
        toxics.add(toxic("a", 1), new Lifetime(300));
        toxics.add(toxic("b", 1), new Lifetime(100));
        toxics.add(toxic("c", 1), new Lifetime(200));
        applied.clear();

        advance(100);
        advance(100);
        advance(100);

        assertThat(applied).containsExactly(List.of("a", "c"), List.of("a"), List.of());
    }

    @Test
    void countsFromTheLastChange() {
        toxics.add(toxic("a", 1), new Lifetime(500));
        advance(400);

        toxics.change(toxic("a", 2), new Lifetime(1000));
        advance(999);

        assertThat(toxics.ttlMillis("a")).hasValue(1);
        assertThat(names()).containsExactly("a");
        advance(1);
        assertThat(names()).isEmpty();
    }

    @Test
    void keepsAToxicThatWasChangedWithoutATime() {
        toxics.add(toxic("a", 1), new Lifetime(500));

        toxics.change(toxic("a", 1), Lifetime.LASTING);
        advance(Lifetime.MAX_TTL_MILLIS);

        assertThat(names()).containsExactly("a");
        assertThat(toxics.ttlMillis("a")).isEmpty();
    }

    @Test
    void doesNotEndAnotherToxicOfTheSameName() {
        toxics.add(toxic("a", 1), new Lifetime(500));
        toxics.remove("a");
        toxics.add(toxic("a", 1), Lifetime.LASTING);

        advance(500);

        assertThat(names()).containsExactly("a");
    }

    @Test
    void forgetsAllTimesWhenAllAreRemoved() {
        toxics.add(toxic("a", 1), new Lifetime(500));
        toxics.removeAll();
        applied.clear();

        advance(500);

        assertThat(applied).isEmpty();
        assertThat(toxics.ttlMillis("a")).isEmpty();
    }

    @Test
    void keepsItsTimeWhenAnotherOneOfTheSameNameIsRefused() {
        toxics.add(toxic("a", 1), new Lifetime(500));

        assertThatThrownBy(() -> toxics.add(toxic("a", 2), Lifetime.LASTING))
                .hasMessage("toxic already exists: a of auth");
        advance(500);

        assertThat(names()).isEmpty();
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

package dev.stabilitylab.faultinjector.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.AllowedAddresses;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Direction;
import dev.stabilitylab.faultinjector.proxy.EventLoops;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.proxy.Lookup;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import dev.stabilitylab.faultinjector.schedule.Progress.State;
import dev.stabilitylab.faultinjector.schedule.Schedule.Event;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    private final EmbeddedChannel time = new EmbeddedChannel();
    private final EventLoops loops = new EventLoops();
    private final Proxies proxies = new Proxies(loops, AllowedAddresses.any(), Lookup.system(), 1);
    private final Proxy auth;
    private final Scheduler scheduler = new Scheduler(time.eventLoop(), proxies, this::nanoTime);
    private long nanos;

    SchedulerTest() {
        time.freezeTime();
        auth = proxies.add(WantedProxy.lasting(
                new ProxySettings("auth", new Address("127.0.0.1", 0), new Address("127.0.0.1", 1), true)));
    }

    private long nanoTime() {
        return nanos;
    }

    @AfterEach
    void stop() {
        proxies.close();
        loops.close();
    }

    @Test
    void executesEachEventAtItsTimeAndNoMomentEarlier() {
        start(add(100, "a"), disable(250), event(400, Action.reset()));

        advance(99);
        assertThat(auth.toxics().all()).isEmpty();
        advance(1);
        assertThat(auth.toxics().all()).containsExactly(toxic("a"));
        advance(149);
        assertThat(auth.settings().enabled()).isTrue();
        advance(1);
        assertThat(auth.settings().enabled()).isFalse();
        advance(150);
        assertThat(auth.settings().enabled()).isTrue();
        assertThat(auth.toxics().all()).isEmpty();
        assertThat(schedule().state()).isEqualTo("done");
    }

    @Test
    void countsEveryTimeFromTheStartSoThatLatenessDoesNotAddUp() {
        Event first = add(100, "a");
        Event second = add(200, "b");
        start(first, second, add(300, "c"));

        advance(150);
        advance(49);
        List<AppliedToxic> before = auth.toxics().all();
        advance(1);

        assertThat(before).containsExactly(toxic("a"));
        assertThat(auth.toxics().all()).containsExactly(toxic("a"), toxic("b"));
        assertThat(schedule().progress().get(0))
                .isEqualTo(Progress.pending(first).done(TimeUnit.MILLISECONDS.toNanos(50)));
        assertThat(schedule().progress().get(1))
                .isEqualTo(Progress.pending(second).done(0));
    }

    @Test
    void takesEventsInAnyOrderAndThoseOfOneMomentAsTheyStand() {
        start(add(200, "d"), add(100, "b"), add(100, "a"), add(100, "c"));

        advance(100);
        advance(100);

        assertThat(auth.toxics().all()).containsExactly(toxic("b"), toxic("a"), toxic("c"), toxic("d"));
    }

    @Test
    void goesOnAfterAnEventThatFails() {
        start(add(0, "a"), add(0, "a"), remove(0, "b"), add(0, "c"));

        advance(0);

        assertThat(states()).containsExactly(State.DONE, State.FAILED, State.FAILED, State.DONE);
        assertThat(schedule().progress().get(1).error().orElseThrow()).contains("already");
        assertThat(schedule().state()).isEqualTo("done");
        assertThat(auth.toxics().all()).containsExactly(toxic("a"), toxic("c"));
    }

    @Test
    void cancelsWhatIsToComeAndEndsWhatItCaused() {
        start(add(0, "a"), disable(0), add(100, "b"));
        advance(0);

        scheduler.cancel();
        advance(100);

        assertThat(auth.toxics().all()).isEmpty();
        assertThat(auth.settings().enabled()).isTrue();
        assertThat(states()).containsExactly(State.DONE, State.DONE, State.CANCELLED);
        assertThat(schedule().state()).isEqualTo("cancelled");
    }

    @Test
    void endsWhatItCausedAlsoWhenAllEventsAreOver() {
        start(add(0, "a"), disable(0));
        advance(0);

        scheduler.cancel();

        assertThat(auth.toxics().all()).isEmpty();
        assertThat(auth.settings().enabled()).isTrue();
        assertThat(schedule().state()).isEqualTo("done");
    }

    @Test
    void leavesAloneWhatOthersCaused() {
        auth.toxics().add(toxic("mine"), Lifetime.LASTING);
        start(add(0, "a"), add(0, "b"), disable(0));
        advance(0);
        auth.toxics().change(toxic("a"), Lifetime.LASTING);
        auth.toxics().remove("b");
        auth.toxics().add(toxic("b"), Lifetime.LASTING);
        proxies.setEnabled("auth", false, Lifetime.LASTING);

        scheduler.cancel();

        assertThat(auth.toxics().all()).containsExactly(toxic("mine"), toxic("a"), toxic("b"));
        assertThat(auth.settings().enabled()).isFalse();
    }

    @Test
    void leavesAProxyAloneThatWasRemovedAndAddedAnew() {
        start(disable(0));
        advance(0);
        ProxySettings settings = auth.settings();
        proxies.remove("auth");
        Proxy other = proxies.add(WantedProxy.lasting(settings));

        scheduler.cancel();

        assertThat(auth.settings().enabled()).isFalse();
        assertThat(other.settings().enabled()).isFalse();
    }

    @Test
    void endsAToxicThatHasNotBegunYet() {
        Action later = Action.addToxic("auth", toxic("a"), new Lifetime(60_000, 0));
        start(event(0, later));
        advance(0);

        scheduler.cancel();

        assertThat(auth.toxics().all()).isEmpty();
    }

    @Test
    void doesNotPutBackWhatItTookOff() {
        auth.toxics().add(toxic("a"), Lifetime.LASTING);
        start(remove(0, "a"));
        advance(0);

        scheduler.cancel();

        assertThat(auth.toxics().all()).isEmpty();
    }

    @Test
    void runsOneScheduleAtATime() {
        start(add(100, "a"));

        assertThatIllegalStateException().isThrownBy(() -> start(add(0, "b")));
        advance(100);
        start(add(0, "b"));
        advance(0);

        assertThat(auth.toxics().all()).containsExactly(toxic("a"), toxic("b"));
    }

    @Test
    void leavesFaultsAsTheyAreWhenItOnlyStops() {
        start(add(0, "a"), add(100, "b"));
        advance(0);

        scheduler.stop();
        advance(100);

        assertThat(auth.toxics().all()).containsExactly(toxic("a"));
        assertThat(states()).containsExactly(State.DONE, State.CANCELLED);
    }

    @Test
    void givesUpWhenNobodyHasKeptItAliveForTooLong() {
        scheduler.start(List.of(add(0, "a"), disable(0), add(1000, "b")), 300);
        advance(0);

        advance(299);
        scheduler.keepAlive();
        advance(299);
        assertThat(auth.toxics().all()).containsExactly(toxic("a"));
        advance(1);

        assertThat(auth.toxics().all()).isEmpty();
        assertThat(auth.settings().enabled()).isTrue();
        assertThat(states()).containsExactly(State.DONE, State.DONE, State.CANCELLED);
    }

    @Test
    void givesUpAlsoWhenAllEventsAreOver() {
        scheduler.start(List.of(add(0, "a")), 300);
        advance(0);

        advance(300);

        assertThat(auth.toxics().all()).isEmpty();
        assertThat(schedule().state()).isEqualTo("done");
    }

    @Test
    void doesNotGiveUpAnotherSchedule() {
        scheduler.start(List.of(add(0, "a")), 300);
        advance(0);
        start(add(0, "b"));
        advance(0);

        scheduler.keepAlive();
        advance(300);

        assertThat(auth.toxics().all()).containsExactly(toxic("a"), toxic("b"));
    }

    @Test
    void hasNothingToGiveUpAfterAnEnd() {
        scheduler.start(List.of(add(0, "a")), 300);
        advance(0);
        scheduler.stop();

        scheduler.keepAlive();
        advance(300);

        assertThat(auth.toxics().all()).containsExactly(toxic("a"));
    }

    private void start(Event... events) {
        scheduler.start(List.of(events), 0);
    }

    private Schedule schedule() {
        return scheduler.current().orElseThrow();
    }

    private List<State> states() {
        return schedule().progress().stream().map(Progress::state).toList();
    }

    private void advance(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        time.runScheduledPendingTasks();
        time.runPendingTasks();
    }

    private static Event event(long at, Action action) {
        return new Event(at, action, "");
    }

    private static Event add(long at, String name) {
        return event(at, Action.addToxic("auth", toxic(name), Lifetime.LASTING));
    }

    private static Event remove(long at, String name) {
        return event(at, Action.removeToxic("auth", name));
    }

    private static Event disable(long at) {
        return event(at, Action.setEnabled("auth", false, Lifetime.LASTING));
    }

    private static AppliedToxic toxic(String name) {
        ToxicType type = ToxicTypes.find("latency").orElseThrow();
        return new AppliedToxic(name, type, Direction.DOWNSTREAM, 1, type.create(Map.of("latency", 1)));
    }
}

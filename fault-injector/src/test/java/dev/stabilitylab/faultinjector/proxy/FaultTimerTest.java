package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultTimerTest {

    private final EmbeddedChannel time = new EmbeddedChannel();
    private final List<String> events = new ArrayList<>();
    private final FaultTimer course =
            new FaultTimer(time.eventLoop(), new Object(), () -> events.add("begin"), () -> events.add("end"));

    @BeforeEach
    void stopTheClock() {
        time.freezeTime();
    }

    @Test
    void beginsWhenTheDelayIsOverAndNoMomentEarlier() {
        course.set(new Lifetime(500, 0));

        advance(499);
        boolean early = !events.isEmpty();
        advance(1);
        advance(Lifetime.MAX_MILLIS);

        assertThat(early).isFalse();
        assertThat(events).containsExactly("begin");
    }

    @Test
    void countsTheTimeToLiveFromTheBeginning() {
        course.set(new Lifetime(500, 300));

        advance(500);
        advance(299);
        List<String> before = List.copyOf(events);
        advance(1);

        assertThat(before).containsExactly("begin");
        assertThat(events).containsExactly("begin", "end");
    }

    @Test
    void doesNotBeginWhatHasNoDelay() {
        course.set(new Lifetime(0, 300));

        advance(300);

        assertThat(events).containsExactly("end");
    }

    @Test
    void tellsWhatIsLeft() {
        course.set(new Lifetime(500, 300));
        Lifetime atFirst = course.remaining();
        advance(200);
        Lifetime pending = course.remaining();
        advance(300);
        advance(100);
        Lifetime begun = course.remaining();
        advance(200);

        assertThat(atFirst).isEqualTo(new Lifetime(500, 300));
        assertThat(pending).isEqualTo(new Lifetime(300, 300));
        assertThat(begun).isEqualTo(new Lifetime(0, 200));
        assertThat(course.remaining()).isEqualTo(Lifetime.LASTING);
    }

    @Test
    void putsALaterTimeInPlaceOfAnEarlierOne() {
        course.set(new Lifetime(500, 300));
        advance(400);

        course.set(new Lifetime(500, 0));
        advance(499);
        boolean early = !events.isEmpty();
        advance(1);
        advance(Lifetime.MAX_MILLIS);

        assertThat(early).isFalse();
        assertThat(events).containsExactly("begin");
    }

    @Test
    void canBeCancelledBeforeAndAfterTheBeginning() {
        course.set(new Lifetime(500, 300));
        course.cancel();
        advance(800);
        List<String> before = List.copyOf(events);
        course.set(new Lifetime(500, 300));
        advance(500);
        course.cancel();
        advance(300);

        assertThat(before).isEmpty();
        assertThat(events).containsExactly("begin");
    }

    @Test
    void endsWhatCouldNotBegin() {
        FaultTimer broken = new FaultTimer(
                time.eventLoop(),
                new Object(),
                () -> {
                    throw new IllegalStateException("stuck");
                },
                () -> events.add("end"));
        broken.set(new Lifetime(500, 300));

        advance(500);
        advance(300);

        assertThat(events).containsExactly("end");
    }

    private void advance(long millis) {
        time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        time.runScheduledPendingTasks();
    }
}

package dev.stabilitylab.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.load.InFlight.Entry;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private final CompletableFuture<String> call = new CompletableFuture<>();

    @Test
    void isFullAtItsLimitUntilSomeoneLeaves() {
        InFlight inFlight = new InFlight(1);

        assertThat(inFlight.enter()).isEqualTo(Entry.ENTERED);
        assertThat(inFlight.enter()).isEqualTo(Entry.FULL);

        inFlight.track(call);
        inFlight.leave(call);

        assertThat(inFlight.enter()).isEqualTo(Entry.ENTERED);
    }

    @Test
    void letsNobodyInOnceItIsClosed() {
        InFlight inFlight = new InFlight(1);

        inFlight.close();

        assertThat(inFlight.enter()).isEqualTo(Entry.CLOSED);
    }

    @Test
    void cancelsWhatIsUnderWay() {
        InFlight inFlight = new InFlight(1);
        inFlight.enter();
        inFlight.track(call);

        inFlight.cancelAll();

        assertThat(call).isCancelled();
    }

    @Test
    void cancelsACallThatIsTrackedTooLate() {
        InFlight inFlight = new InFlight(1);
        inFlight.enter();
        inFlight.cancelAll();

        inFlight.track(call);

        assertThat(call).isCancelled();
    }

    @Test
    void doesNotWaitWhenNothingIsUnderWay() throws InterruptedException {
        InFlight inFlight = new InFlight(1);

        inFlight.awaitEmpty(Long.MAX_VALUE / 2);

        assertThat(inFlight.count()).isZero();
    }
}

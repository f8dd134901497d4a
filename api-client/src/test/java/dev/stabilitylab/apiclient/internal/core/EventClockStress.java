package dev.stabilitylab.apiclient.internal.core;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two events at the same time, and one who looks at the clock twice. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "never goes back, and ends at the later event")
@Outcome(expect = Expect.FORBIDDEN, desc = "goes back")
@State
public class EventClockStress {

    private static final Clock WALL = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    // About to overflow, as the clock of a driver may be.
    private final EventClock clock = new EventClock(WALL, Long.MAX_VALUE);

    @Actor
    public void early() {
        clock.set(Long.MAX_VALUE + 1);
    }

    @Actor
    public void late() {
        clock.set(Long.MAX_VALUE + 2);
    }

    @Actor
    public void look(ZZ_Result result) {
        long first = clock.nanos();
        result.r1 = clock.nanos() - first >= 0;
    }

    @Arbiter
    public void end(ZZ_Result result) {
        result.r2 = clock.nanos() == Long.MAX_VALUE + 2;
    }
}

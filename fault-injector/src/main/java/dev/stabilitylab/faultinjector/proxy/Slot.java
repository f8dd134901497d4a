package dev.stabilitylab.faultinjector.proxy;

import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A toxic's place in the order: what it is to be, and what of it is in effect. Guarded by the lock that it is given. */
final class Slot {

    private final FaultTimer course;
    private AppliedToxic wanted;
    private @Nullable AppliedToxic inEffect;
    private long number;

    /**
     * Nothing is in effect before it is {@link #set}.
     *
     * @param begun called when the toxic is in effect, since its delay is over
     * @param over called when its time to live is over
     */
    Slot(AppliedToxic wanted, EventExecutor changes, Object lock, Runnable begun, Runnable over) {
        this.wanted = wanted;
        this.course = new FaultTimer(
                changes,
                lock,
                () -> {
                    inEffect = this.wanted;
                    begun.run();
                },
                over);
    }

    /**
     * With a delay, what is in effect stays until that is over.
     *
     * @param changeNumber another one each time
     */
    void set(AppliedToxic toxic, Lifetime lifetime, long changeNumber) {
        number = changeNumber;
        wanted = toxic;
        if (!lifetime.isDelayed()) {
            inEffect = toxic;
        }
        course.set(lifetime);
    }

    AppliedToxic wanted() {
        return wanted;
    }

    Optional<AppliedToxic> inEffect() {
        return Optional.ofNullable(inEffect);
    }

    /** Of the change that made it what it is. */
    long changeNumber() {
        return number;
    }

    Lifetime remaining() {
        return course.remaining();
    }

    /** From now on nothing begins or ends by itself. */
    void cancelTimes() {
        course.cancel();
    }
}

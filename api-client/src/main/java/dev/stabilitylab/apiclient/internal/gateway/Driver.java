package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.internal.core.Action;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Send;
import dev.stabilitylab.apiclient.internal.core.Action.Wait;
import dev.stabilitylab.apiclient.internal.core.Call;
import dev.stabilitylab.apiclient.internal.wire.Request;
import dev.stabilitylab.apiclient.internal.wire.Transport;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Carries out what a call decides, on the calling thread, be it a platform thread or a virtual one. */
final class Driver {

    private Driver() {}

    // docs:begin driver
    /** @param now when the call was made */
    static <T> Outcome<T> run(Call<T> call, Request request, Transport transport, Duration connectTimeout, long now) {
        try {
            Action action = call.start(now);
            while (!(action instanceof End<?>)) {
                if (action instanceof Send send) {
                    action = call.replied(transport.send(request, connectTimeout, send.expiresAt()), System.nanoTime());
                } else if (park(((Wait) action).until())) {
                    action = call.woken(System.nanoTime());
                } else {
                    action = call.cancelled(System.nanoTime());
                }
            }
            @SuppressWarnings("unchecked") // A call ends with its own type only.
            End<T> end = (End<T>) action;
            return end.outcome();
        } finally {
            // Without effect on a call that has ended; otherwise an Error came in between, and costs this call only.
            call.abandon();
        }
    }
    // docs:end driver

    /** False when the thread is interrupted. May return too early: the call looks at the time itself. */
    private static boolean park(long until) {
        LockSupport.parkNanos(Driver.class, until - System.nanoTime());
        return !Thread.currentThread().isInterrupted();
    }
}

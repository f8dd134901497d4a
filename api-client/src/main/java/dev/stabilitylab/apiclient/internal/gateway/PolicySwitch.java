package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which policy of an upstream is in use: the lasting one, or for a while a temporary one in its place. There is one of each at most;
 * when the temporary one is over, the last lasting one is put in use again. One change at a time, on any thread.
 */
final class PolicySwitch {

    private static final Logger log = LoggerFactory.getLogger(PolicySwitch.class);

    private final String upstream;
    private final Alarm alarm;
    private final Use use;
    private Policy lasting;
    private @Nullable Temporary temporary;

    /** Begins with a lasting policy, which is in use already. */
    PolicySwitch(String upstream, Policy lasting, Alarm alarm, Use use) {
        this.upstream = upstream;
        this.lasting = lasting;
        this.alarm = alarm;
        this.use = use;
    }

    /** Puts a policy in use until another one comes. */
    synchronized void toLasting(Policy policy) {
        use.use(policy, null);
        lasting = policy;
        forget();
    }

    /** Puts a policy in use for that time; also in place of another temporary one, whose time counts no more. */
    synchronized void toTemporary(Policy policy, Duration ttl) {
        Instant until = alarm.now().plus(ttl).truncatedTo(ChronoUnit.MILLIS);
        use.use(policy, until);
        forget();
        Temporary begun = new Temporary();
        begun.cancel = alarm.after(ttl, () -> end(begun));
        temporary = begun;
    }

    /** Puts the last lasting policy in use again, if a temporary one is now. */
    synchronized void endTemporary() {
        if (temporary != null) {
            use.use(lasting, null);
            forget();
        }
    }

    private synchronized void end(Temporary due) {
        // Something else may have been faster than the timer's thread.
        if (temporary == due) {
            endTemporary();
            log.info("The temporary policy of {} is over; the lasting one is in use again", upstream);
        }
    }

    private void forget() {
        if (temporary != null) {
            temporary.cancel.run();
            temporary = null;
        }
    }

    /** Makes calls from now on follow a policy. */
    @FunctionalInterface
    interface Use {

        /** If {@code until} is not null, that is when the policy will be over. */
        void use(Policy policy, @Nullable Instant until);
    }

    /** A temporary policy, to be told from another one. */
    private static final class Temporary {
        private Runnable cancel = () -> {};
    }
}

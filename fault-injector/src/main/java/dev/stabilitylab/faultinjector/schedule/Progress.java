package dev.stabilitylab.faultinjector.schedule;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far an event has come.
 *
 * @param latenessNanos from when it was due until it was in effect, if it is
 * @param error why it failed, if it did
 */
public record Progress(Schedule.Event event, State state, OptionalLong latenessNanos, Optional<String> error) {

    static Progress pending(Schedule.Event event) {
        return new Progress(event, State.PENDING, OptionalLong.empty(), Optional.empty());
    }

    Progress done(long lateness) {
        return new Progress(event, State.DONE, OptionalLong.of(lateness), Optional.empty());
    }

    Progress failed(String reason) {
        return new Progress(event, State.FAILED, OptionalLong.empty(), Optional.of(reason));
    }

    Progress cancelled() {
        return new Progress(event, State.CANCELLED, OptionalLong.empty(), Optional.empty());
    }

    /** What has become of an event: it is still to come, is in effect, was not possible, or will not come any more. */
    public enum State {
        PENDING,
        DONE,
        FAILED,
        CANCELLED;

        /** The name in the control API, e.g. {@code done}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

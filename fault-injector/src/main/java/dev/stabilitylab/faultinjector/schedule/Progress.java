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
public record Progress(State state, OptionalLong latenessNanos, Optional<String> error) {

    static final Progress PENDING = new Progress(State.PENDING, OptionalLong.empty(), Optional.empty());
    static final Progress CANCELLED = new Progress(State.CANCELLED, OptionalLong.empty(), Optional.empty());

    static Progress done(long latenessNanos) {
        return new Progress(State.DONE, OptionalLong.of(latenessNanos), Optional.empty());
    }

    static Progress failed(String error) {
        return new Progress(State.FAILED, OptionalLong.empty(), Optional.of(error));
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

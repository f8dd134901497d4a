package dev.stabilitylab.lab.report.timeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of one circuit breaker through a recording.
 *
 * @param spans in order of time, without gaps from the first to the end of the recording
 */
public record BreakerLane(String upstream, String instance, List<Span> spans) {

    /** A stretch in one state, in seconds from the start of the recording. */
    public record Span(double from, double to, String state) {}

    /** The state at a moment, or null when it is not known. */
    public @Nullable String stateAt(double second) {
        String state = null;
        for (Span span : spans) {
            if (span.from() > second) {
                break;
            }
            state = span.state();
        }
        return state;
    }

    /** Whether it ever left the state that it was first seen in. */
    public boolean changes() {
        return spans.size() > 1;
    }
}

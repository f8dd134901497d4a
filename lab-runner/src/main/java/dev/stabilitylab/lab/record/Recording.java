package dev.stabilitylab.lab.record;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was seen during one variant. All times count from the start of the recording.
 *
 * @param variant the variant's name
 * @param duration length of the recording
 * @param pages what users got, in order of their end
 * @param samples what the instances said of themselves, in order of time, about ten a second for each instance
 * @param transitions of the instances' circuit breakers, in order of time
 * @param work what the services said of how much they work, in order of time, about five a second for each
 * @param marks events of the timeline as they were executed, in order of time
 */
public record Recording(
        String variant,
        Duration duration,
        List<Page> pages,
        List<InstanceSample> samples,
        List<BreakerTransition> transitions,
        List<WorkSample> work,
        List<Mark> marks) {

    /**
     * One look at an instance's own metrics. Counts are since its start and never fall.
     *
     * @param instance e.g. {@code homepage-1}
     * @param breakers state by upstream, e.g. {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}; without upstreams that have no breaker
     * @param attempts by upstream, then by outcome (the tags of the metric {@code api.client.attempts})
     * @param retries by upstream
     */
    public record InstanceSample(
            Duration at,
            String instance,
            Map<String, String> breakers,
            Map<String, Map<String, Long>> attempts,
            Map<String, Long> retries) {}

    /**
     * One look at how much an instance of a service works.
     *
     * @param service e.g. {@code homepage-1} or {@code recommendations}
     * @param active requests that it works on at once
     * @param wantedSeconds of work that somebody still waited for when it ended, since the service's start
     * @param unwantedSeconds of work whose caller had given up by then, since the service's start
     */
    public record WorkSample(
            Duration at, String service, double active, double wantedSeconds, double unwantedSeconds) {}

    /** A circuit breaker of an instance changed its state. */
    public record BreakerTransition(Duration at, String instance, String upstream, String from, String to) {}

    /**
     * A fault or a heal, when the injector had acknowledged it, or a change of the load.
     *
     * @param upstream that broke or healed; null for a change of the load
     * @param fault whether something broke
     */
    public record Mark(Duration at, @Nullable String upstream, boolean fault, String text) {

        /** Whether an upstream healed. */
        public boolean heal() {
            return upstream != null && !fault;
        }

        /** Whether both speak of one upstream. */
        public boolean isOfSameUpstream(Mark other) {
            return upstream != null && upstream.equals(other.upstream);
        }
    }
}

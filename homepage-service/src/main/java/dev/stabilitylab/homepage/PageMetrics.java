package dev.stabilitylab.homepage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The name of the page's meter, and the meter itself. Every outcome is there from the start, so that its rate is 0 and not missing. */
final class PageMetrics {

    /** Timer: requests for the page, by the tag {@value #OUTCOME}. */
    static final String PAGES = "homepage.pages";

    /** The name of a {@link PageOutcome} in lower case. */
    static final String OUTCOME = "outcome";

    private final MeterRegistry registry;
    private final Map<PageOutcome, Timer> timers = new EnumMap<>(PageOutcome.class);

    PageMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (PageOutcome outcome : PageOutcome.values()) {
            timers.put(outcome, timer(outcome));
        }
    }

    /** Starts to time a request. */
    Timer.Sample start() {
        return Timer.start(registry);
    }

    /** Counts a request that has ended. */
    void stop(Timer.Sample sample, PageOutcome outcome) {
        sample.stop(timers.get(outcome));
    }

    private Timer timer(PageOutcome outcome) {
        return Timer.builder(PAGES)
                .description("Requests for the page, as their callers see them end")
                .tag(OUTCOME, outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}

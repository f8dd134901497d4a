package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.http.AsyncHttp;
import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.time.TimerThread;
import dev.stabilitylab.lab.world.World.Instance;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Asks homepage instances for pages until it is stopped. Users of a closed loop stay with one instance each, those of an open loop
 * take turns.
 */
public final class LoadGenerator implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int BODY_LIMIT = 64 * 1024;
    /** Time for the last pages to run out of patience by themselves. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final LoadSpec spec;
    private final InFlight inFlight;
    private final AsyncHttp http;
    private final TimerThread timer;

    private LoadGenerator(LoadSpec spec, RunClock clock) {
        this.spec = spec;
        this.inFlight = new InFlight(spec instanceof LoadSpec.Open open ? open.maxInFlight() : Integer.MAX_VALUE);
        this.http = new AsyncHttp("load-http", THREADS, BODY_LIMIT);
        this.timer = new TimerThread("load-timer", clock);
    }

    /**
     * Begins to ask for pages.
     *
     * @param instances at least one
     * @param clock all times of pages count from its origin
     * @param seed of the times of an open loop's Poisson arrivals
     * @param sink gets every page, from several threads at once
     */
    public static LoadGenerator start(
            LoadSpec spec, List<Instance> instances, RunClock clock, long seed, Consumer<Page> sink) {
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("instances is empty; a load needs at least one homepage instance");
        }
        LoadGenerator generator = new LoadGenerator(spec, clock);
        try {
            generator.begin(instances, clock, seed, sink);
            return generator;
        } catch (RuntimeException e) {
            generator.close();
            throw e;
        }
    }

    private void begin(List<Instance> instances, RunClock clock, long seed, Consumer<Page> sink) {
        Pages pages = new HttpPages(http, timer, clock, inFlight, instances, spec);
        if (spec instanceof LoadSpec.Open open) {
            Arrivals arrivals =
                    new Arrivals(clock.nanos(), open.ratePerSecond(), open.arrival(), new SplittableRandom(seed));
            new OpenLoop(pages, timer, clock, arrivals, sink).start();
        } else if (spec instanceof LoadSpec.Closed closed) {
            new ClosedLoop(pages, timer, clock, closed, sink).start();
        }
    }

    /** Requests under way. */
    public int inFlight() {
        return inFlight.count();
    }

    /**
     * Asks for no more pages, waits for those under way, for as long as the users' patience lasts, and closes. An interrupt ends the
     * waiting.
     */
    public void stop() {
        inFlight.close();
        try {
            inFlight.awaitEmpty(spec.patience().plus(GRACE).toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Ends everything now; pages under way are cancelled and not recorded. Without effect after {@link #stop()}. */
    @Override
    public void close() {
        inFlight.close();
        inFlight.cancelAll();
        timer.close();
        http.close();
    }
}

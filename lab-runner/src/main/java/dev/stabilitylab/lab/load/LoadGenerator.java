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
import org.jspecify.annotations.Nullable;

/**
 * Asks homepage instances for pages until it is stopped. Users of a closed loop stay with one instance each, those of an open loop
 * take turns. Who asks again asks the same instance.
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
    private final RunClock clock;
    private @Nullable OpenLoop openLoop;

    private LoadGenerator(LoadSpec spec, RunClock clock) {
        this.spec = spec;
        this.inFlight = new InFlight(spec instanceof LoadSpec.Open open ? open.maxInFlight() : Integer.MAX_VALUE);
        this.http = new AsyncHttp("load-http", THREADS, BODY_LIMIT);
        this.timer = new TimerThread("load-timer", clock);
        this.clock = clock;
    }

    /**
     * Begins to ask for pages.
     *
     * @param spec whose groups begin to come at moments from the clock's origin
     * @param instances at least one
     * @param clock all times of pages count from its origin
     * @param seed of all that is random: an open loop's Poisson arrivals, the users' groups, the pauses before reloads
     * @param sink gets every page, from several threads at once
     */
    public static LoadGenerator start(
            LoadSpec spec, List<Instance> instances, RunClock clock, long seed, Consumer<Page> sink) {
        return start(spec, instances, clock, seed, sink, TraceParent.isWanted(System.getenv()));
    }

    /** @param traced whether every page begins a trace */
    static LoadGenerator start(
            LoadSpec spec, List<Instance> instances, RunClock clock, long seed, Consumer<Page> sink, boolean traced) {
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("instances is empty; a load needs at least one homepage instance");
        }
        LoadGenerator generator = new LoadGenerator(spec, clock);
        try {
            generator.begin(instances, seed, sink, traced);
            return generator;
        } catch (RuntimeException e) {
            generator.close();
            throw e;
        }
    }

    private void begin(List<Instance> instances, long seed, Consumer<Page> sink, boolean traced) {
        SplittableRandom random = new SplittableRandom(seed);
        Visits visits = new Visits(
                new HttpPages(http, timer, clock, inFlight, instances, spec, traced),
                timer,
                clock,
                new GroupChoice(spec.groups(), random.split()),
                new Reloading(spec.reloads(), random.split()),
                sink);
        if (spec instanceof LoadSpec.Open open) {
            Arrivals arrivals = new Arrivals(clock.nanos(), open.ratePerSecond(), open.arrival(), random.split());
            openLoop = new OpenLoop(visits, timer, clock, arrivals);
            openLoop.start();
        } else if (spec instanceof LoadSpec.Closed closed) {
            new ClosedLoop(visits, timer, clock, closed).start();
        }
    }

    /**
     * From now on so many users come a second.
     *
     * @throws IllegalStateException when the load is closed: its users come as fast as they are served
     */
    public void changeRate(double perSecond) {
        if (openLoop == null) {
            throw new IllegalStateException("a closed load has no rate that could be changed to " + perSecond + "/s");
        }
        openLoop.changeRate(clock.nanos(), perSecond);
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

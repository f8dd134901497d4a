package dev.stabilitylab.lab.record;

import dev.stabilitylab.lab.http.AsyncHttp;
import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.time.TimerThread;
import dev.stabilitylab.lab.world.World.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Sees what happens during one variant: the pages it is given, the marks that are set, and what the homepage instances say of
 * themselves about ten times a second. It watches from the beginning, for {@link #live()}, but records only from
 * {@link #startRecording()} on. Thread-safe.
 */
public final class Recorder implements Consumer<Page>, AutoCloseable {

    private static final long PERIOD_NANOS = Duration.ofMillis(100).toNanos();
    /** How long a recording waits for the instances at its end; shorter than their own patience, since a person waits too. */
    private static final Duration LAST_LOOK = Duration.ofMillis(2500);
    /** Every how many looks at the instances the services are asked how much they work. */
    private static final int LOOKS_BETWEEN_WORK = 2;

    private static final Duration LIVE_AGE = Duration.ofSeconds(1);
    private static final int BODY_LIMIT = 1024 * 1024;

    private final RunClock clock;
    private final RunListener listener;
    private final AsyncHttp http;
    private final TimerThread timer;
    private final Map<String, InstanceLog> logs = new LinkedHashMap<>();
    private final List<InstancePoller> pollers = new ArrayList<>();
    private final List<WorkPoller> workPollers = new ArrayList<>();
    private final RecentPages recent = new RecentPages();
    private final List<Page> pages = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private long start = Long.MAX_VALUE;

    private Recorder(RunClock clock, RunListener listener) {
        this.clock = clock;
        this.listener = listener;
        this.http = new AsyncHttp("record-http", 1, BODY_LIMIT);
        this.timer = new TimerThread("record-timer", clock);
    }

    /**
     * Begins to watch.
     *
     * @param upstreams the services behind the homepages, as far as they can be asked
     * @param clock the one of the load generator, whose pages this recorder gets
     * @param listener told at once of what happens
     */
    public static Recorder watch(
            List<Instance> instances, List<Instance> upstreams, RunClock clock, RunListener listener) {
        Recorder recorder = new Recorder(clock, listener);
        for (Instance instance : instances) {
            InstanceLog log = new InstanceLog(instance.name(), clock, listener);
            recorder.logs.put(instance.name(), log);
            recorder.pollers.add(new InstancePoller(recorder.http, recorder.timer, clock, instance, log));
        }
        Stream.of(instances, upstreams)
                .flatMap(List::stream)
                .forEach(service ->
                        recorder.workPollers.add(new WorkPoller(recorder.http, recorder.timer, clock, service)));
        recorder.pollAt(clock.nanos(), 0);
        return recorder;
    }

    private void pollAt(long nanos, int look) {
        timer.at(nanos, () -> {
            for (InstancePoller poller : pollers) {
                var unused = poller.poll();
            }
            if (look % LOOKS_BETWEEN_WORK == 0) {
                workPollers.forEach(WorkPoller::poll);
            }
            // After a pause of the whole machine, go on from now instead of catching up.
            pollAt(Math.max(nanos + PERIOD_NANOS, clock.nanos()), look + 1);
        });
    }

    /**
     * Takes a page.
     *
     * @param page with times from the origin of the clock
     */
    @Override
    public void accept(Page page) {
        recent.add(page);
        synchronized (this) {
            if (page.endedMicros() >= start / 1000) {
                pages.add(page);
            }
        }
    }

    /** The recording starts now; everything is recorded in time from this moment. To be called once. */
    public synchronized void startRecording() {
        if (start != Long.MAX_VALUE) {
            throw new IllegalStateException("The recording has started already");
        }
        start = clock.nanos();
    }

    /**
     * A fault or a heal has just been acknowledged.
     *
     * @param fault whether something broke; otherwise it healed
     */
    public synchronized void mark(String upstream, boolean fault, String text) {
        marks.add(new Mark(Duration.ofNanos(clock.nanos()), upstream, fault, text));
        listener.upstreamChanged(Instant.now(), upstream, fault, text);
    }

    /** The load has just been changed. */
    public synchronized void markLoad(String text) {
        marks.add(new Mark(Duration.ofNanos(clock.nanos()), null, false, text));
        listener.loadChanged(Instant.now(), text);
    }

    /** The state of things right now; cheap, at any time, from any thread. */
    public LiveView live() {
        long now = clock.nanos() / 1000;
        Map<String, Map<String, String>> breakers = new LinkedHashMap<>();
        logs.forEach((instance, log) -> log.lastBreakers(LIVE_AGE).ifPresent(states -> breakers.put(instance, states)));
        return new LiveView(recent.available(now), recent.availability(now), breakers);
    }

    /**
     * Ends the recording now, and closes. Asks the instances once more, for transitions that no poll has told yet; so this may take
     * up to two and a half seconds. Pages that end later are not recorded, so this comes before the load is stopped.
     *
     * @throws InterruptedException when interrupted while waiting for the instances; the recorder is closed then, too
     */
    public Recording finish(String variant) throws InterruptedException {
        long end = clock.nanos();
        try {
            pollOnceMore();
        } finally {
            close();
        }
        return cut(end).recording(variant);
    }

    private void pollOnceMore() throws InterruptedException {
        CompletableFuture<?>[] polls =
                pollers.stream().map(InstancePoller::pollAfresh).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(polls).get(LAST_LOOK.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // What was not told in time stays a gap.
        }
    }

    private synchronized Cut cut(long end) {
        if (start == Long.MAX_VALUE) {
            throw new IllegalStateException("The recording has not started");
        }
        return new Cut(
                start,
                end,
                List.copyOf(pages),
                logs.values().stream().flatMap(log -> log.samples().stream()).toList(),
                logs.values().stream()
                        .flatMap(log -> log.transitions().stream())
                        .toList(),
                workPollers.stream()
                        .flatMap(poller -> poller.samples().stream())
                        .toList(),
                List.copyOf(marks));
    }

    /** Stops watching, and ends all threads and connections. Without effect after {@link #finish}. */
    @Override
    public void close() {
        timer.close();
        http.close();
    }
}

package dev.stabilitylab.lab.run;

import dev.stabilitylab.lab.load.LoadGenerator;
import dev.stabilitylab.lab.record.LiveView;
import dev.stabilitylab.lab.record.Recorder;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.RunListener;
import dev.stabilitylab.lab.report.terminal.LiveStatus;
import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.script.Simulation.Variant;
import dev.stabilitylab.lab.script.TimelineEvent;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.script.TimelineEvent.OfUpstream;
import dev.stabilitylab.lab.script.TimelineEvent.Rate;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One variant: its policies, a warm-up, then the timeline under load while everything is recorded. */
final class VariantRun {

    /** What is changed outlives its planned end by this much when the lab is killed: longer than a control call takes, short of boring. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LAST_LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final World world;
    private final Simulation simulation;
    private final Variant variant;
    private final Duration warmUp;
    private final long seed;
    private final Consumer<String> events;
    private final RunListener listener;
    private final RunClock clock = RunClock.startNow();
    private final Set<String> broken = new TreeSet<>();
    private volatile @Nullable Recorder recorder;

    VariantRun(
            World world,
            Simulation simulation,
            Variant variant,
            Duration warmUp,
            long seed,
            Consumer<String> events,
            RunListener listener) {
        this.world = world;
        this.simulation = simulation;
        this.variant = variant;
        this.warmUp = warmUp;
        this.seed = seed;
        this.events = events;
        this.listener = listener;
    }

    Recording play() throws InterruptedException {
        world.apply(variant.policies(), warmUp.plus(simulation.duration()).plus(GRACE));
        try (Recorder watching = Recorder.watch(world.homepages(), world.upstreams(), clock, listener);
                LoadGenerator load = LoadGenerator.start(load(), world.homepages(), clock, seed, watching)) {
            recorder = watching;
            // The time of the script is the clock's time less the warm-up, give or take the pause before the first
            // line.
            world.begin(changes(), () -> Duration.ofNanos(clock.nanos()).minus(warmUp));
            await(warmUp);
            listener.variantStarted(Instant.now(), variant.name());
            watching.startRecording();
            for (TimelineEvent event : simulation.timeline()) {
                await(warmUp.plus(event.at()));
                execute(event, watching, load);
            }
            await(warmUp.plus(simulation.duration()));
            Recording recording = watching.finish(variant.name());
            // Healed before the load ends: whoever hangs in a black hole is let go.
            world.healAll();
            broken.forEach(upstream -> listener.upstreamChanged(Instant.now(), upstream, false, upstream + " heals"));
            load.stop();
            return recording;
        } finally {
            recorder = null;
        }
    }

    /** Who asks for pages, in the clock's time. */
    private LoadSpec load() {
        return simulation.loadOf(variant).withStarts(warmUp::plus);
    }

    private void execute(TimelineEvent event, Recorder watching, LoadGenerator load) {
        if (event instanceof OfUpstream change) {
            world.carryOut(change, plannedLength(change).plus(GRACE));
            boolean breaks = change instanceof Inject;
            if (breaks) {
                broken.add(change.upstream());
            } else {
                broken.remove(change.upstream());
            }
            watching.mark(change.upstream(), breaks, change.text());
        } else if (event instanceof Rate rate) {
            load.changeRate(rate.perSecond());
            watching.markLoad(rate.text());
        }
        events.accept(String.format(
                Locale.ROOT, "%s, %.1f s: %s", variant.name(), event.at().toMillis() / 1000.0, event.text()));
    }

    private List<OfUpstream> changes() {
        return simulation.timeline().stream()
                .filter(OfUpstream.class::isInstance)
                .map(OfUpstream.class::cast)
                .toList();
    }

    /** Until the script heals or breaks the upstream again, or ends. */
    private Duration plannedLength(OfUpstream change) {
        return changes().stream()
                .filter(other -> other.upstream().equals(change.upstream()))
                .map(TimelineEvent::at)
                .filter(at -> at.compareTo(change.at()) > 0)
                .findFirst()
                .orElse(simulation.duration())
                .minus(change.at());
    }

    private void await(Duration moment) throws InterruptedException {
        long left;
        while ((left = moment.toNanos() - clock.nanos()) > 0) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_NANOS));
            // A look may take its time when the machine is busy; the moment is not to be missed for it.
            if (left > LAST_LOOK_NANOS) {
                world.checkAlive();
            }
        }
    }

    /** Where it stands; null before and after. */
    @Nullable
    LiveStatus status() {
        Recorder watching = recorder;
        if (watching == null) {
            return null;
        }
        LiveView live = watching.live();
        Duration elapsed = Duration.ofNanos(clock.nanos());
        return new LiveStatus(
                variant.name(),
                simulation.variants().indexOf(variant) + 1,
                simulation.variants().size(),
                elapsed,
                warmUp.plus(simulation.duration()),
                phase(elapsed.minus(warmUp)),
                live.pagesPerSecond(),
                live.availability(),
                breakers(live));
    }

    private String phase(Duration at) {
        if (at.isNegative()) {
            return "warm-up";
        }
        return simulation.phases().stream()
                .filter(phase -> phase.from().compareTo(at) <= 0 && at.compareTo(phase.to()) < 0)
                .map(Phase::name)
                .collect(Collectors.joining(", "));
    }

    private Map<String, String> breakers(LiveView live) {
        Map<String, String> states = new LinkedHashMap<>();
        live.breakers()
                .forEach((instance, upstreams) -> simulation.watched().stream()
                        .map(upstreams::get)
                        .filter(state -> state != null)
                        .findFirst()
                        .ifPresent(state -> states.put(instance, state)));
        return states;
    }
}

package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.script.Simulation.Variant;
import dev.stabilitylab.lab.script.TimelineEvent.Heal;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.script.TimelineEvent.Rate;
import java.time.Duration;
import java.util.Locale;

/** Stretches or shrinks the time in which a simulation is played. */
final class TimeScale {

    private static final double MIN = 0.05;
    private static final double MAX = 10;
    private static final Duration SHORTEST_WARM_UP = Duration.ofSeconds(2);

    private final double factor;

    TimeScale(double factor) {
        // A comparison with NaN is false, so this refuses it too.
        if (!(factor >= MIN && factor <= MAX)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "the time scale is %s; it must be from %s to %.0f", factor, MIN, MAX));
        }
        this.factor = factor;
    }

    Simulation apply(Simulation simulation) {
        Duration duration = scaled(simulation.duration());
        if (duration.compareTo(ScriptReader.MAX_DURATION) > 0) {
            throw new IllegalArgumentException(
                    "with the time scale %s the recording takes %s; it must not take longer than %s"
                            .formatted(factor, Durations.text(duration), Durations.text(ScriptReader.MAX_DURATION)));
        }
        return new Simulation(
                simulation.name(),
                simulation.title(),
                simulation.source(),
                simulation.system(),
                simulation.load().withStarts(this::scaled),
                warmUp(simulation.warmUp()),
                duration,
                simulation.timeline().stream().map(this::scaled).toList(),
                simulation.watched(),
                simulation.phases().stream().map(this::scaled).toList(),
                simulation.variants().stream().map(this::scaled).toList());
    }

    /** A shorter warm-up than 2 s warms nothing up, but one that the script wants shorter stays so. */
    private Duration warmUp(Duration warmUp) {
        Duration scaled = scaled(warmUp);
        Duration floor = warmUp.compareTo(SHORTEST_WARM_UP) < 0 ? warmUp : SHORTEST_WARM_UP;
        return scaled.compareTo(floor) < 0 ? floor : scaled;
    }

    private TimelineEvent scaled(TimelineEvent event) {
        if (event instanceof Inject inject) {
            return new Inject(scaled(inject.at()), inject.upstream(), inject.fault());
        }
        return event instanceof Heal heal
                ? new Heal(scaled(heal.at()), heal.upstream())
                : new Rate(scaled(event.at()), ((Rate) event).perSecond());
    }

    private Variant scaled(Variant variant) {
        LoadSpec load = variant.load();
        return load == null ? variant : variant.withLoad(load.withStarts(this::scaled));
    }

    private Phase scaled(Phase phase) {
        return new Phase(phase.name(), scaled(phase.from()), scaled(phase.to()));
    }

    private Duration scaled(Duration duration) {
        return Duration.ofNanos(Math.round(duration.toNanos() * factor));
    }
}

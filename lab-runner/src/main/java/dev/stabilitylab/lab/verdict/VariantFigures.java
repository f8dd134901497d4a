package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.script.TimelineEvent;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All figures of one variant.
 *
 * @param phases by name, in the script's order, the whole run last
 */
record VariantFigures(Map<String, PhaseMeasurement> phases, BreakerFigures breakers) {

    static VariantFigures of(Simulation simulation, Recording recording) {
        Set<String> broken = simulation.timeline().stream()
                .filter(Inject.class::isInstance)
                .map(TimelineEvent::upstream)
                .collect(Collectors.toSet());
        AttemptCounts attempts = new AttemptCounts(recording.samples(), broken);
        Map<String, PhaseMeasurement> phases = new LinkedHashMap<>();
        simulation
                .phases()
                .forEach(phase -> phases.put(phase.name(), new PhaseMeasurement(phase, recording, attempts)));
        Phase wholeRun = new Phase(Phase.WHOLE_RUN, Duration.ZERO, recording.duration());
        phases.put(wholeRun.name(), new PhaseMeasurement(wholeRun, recording, attempts));
        return new VariantFigures(phases, new BreakerFigures(recording, broken));
    }

    PhaseMeasurement phase(String name) {
        PhaseMeasurement phase = phases.get(name);
        if (phase == null) {
            throw new IllegalArgumentException("there is no phase called \"%s\"; known are %s"
                    .formatted(name, String.join(", ", phases.keySet())));
        }
        return phase;
    }
}

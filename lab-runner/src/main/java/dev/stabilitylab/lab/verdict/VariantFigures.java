package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.script.LoadSpec.Group;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.script.Simulation.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All figures of one variant.
 *
 * @param phases by name, in the script's order, the whole run last
 * @param groups the same of each group of users, by its name
 */
record VariantFigures(
        Map<String, PhaseMeasurement> phases,
        Map<String, Map<String, PhaseMeasurement>> groups,
        BreakerFigures breakers) {

    static VariantFigures of(Simulation simulation, Variant variant, Recording recording) {
        Set<String> watched = Set.copyOf(simulation.watched());
        AttemptCounts attempts = new AttemptCounts(recording.samples(), watched);
        WorkFigures work = new WorkFigures(recording.work(), watched);
        Prediction prediction = Prediction.of(simulation, variant);
        List<Phase> phases = new ArrayList<>(simulation.phases());
        phases.add(new Phase(Phase.WHOLE_RUN, Duration.ZERO, recording.duration()));
        List<Group> groups = simulation.loadOf(variant).groups();
        Map<String, Map<String, PhaseMeasurement>> byGroup = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            int place = i;
            String name = groups.get(i).name();
            byGroup.put(
                    name,
                    byName(
                            phases,
                            phase -> new PhaseMeasurement(phase, recording, attempts, work, prediction, place, name)));
        }
        return new VariantFigures(
                byName(phases, phase -> new PhaseMeasurement(phase, recording, attempts, work, prediction)),
                byGroup,
                new BreakerFigures(recording, watched));
    }

    private static Map<String, PhaseMeasurement> byName(
            List<Phase> phases, Function<Phase, PhaseMeasurement> measurement) {
        Map<String, PhaseMeasurement> byName = new LinkedHashMap<>();
        phases.forEach(phase -> byName.put(phase.name(), measurement.apply(phase)));
        return byName;
    }

    /**
     * What was measured in a phase.
     *
     * @param group of users; null for all
     */
    PhaseMeasurement phase(String name, @Nullable String group) {
        return known("phase", name, group == null ? phases : known("group", group, groups));
    }

    /** Whether there is such a group; null stands for all users. */
    boolean hasGroup(@Nullable String group) {
        return group == null || groups.containsKey(group);
    }

    private static <T> T known(String kind, String name, Map<String, T> all) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("there is no %s called \"%s\"; known are %s"
                    .formatted(kind, name, String.join(", ", all.keySet())));
        }
        return found;
    }
}

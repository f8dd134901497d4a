package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.Simulation.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the section {@code phases}. */
final class PhasesReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(?:[ '_-][A-Za-z0-9]+)*");
    private static final int MAX_NAME = 40;

    private final Optional<Duration> end;

    /**
     * With what the phases are checked against.
     *
     * @param end of the recording, if that is known
     */
    PhasesReader(Optional<Duration> end) {
        this.end = end;
    }

    List<Phase> read(Section section) {
        List<Phase> phases = new ArrayList<>();
        for (String name : section.keys()) {
            section.get(name).ifPresent(value -> {
                checkName(name, section.lineOf(name), value);
                phase(name, value).ifPresent(phases::add);
            });
        }
        return List.copyOf(phases);
    }

    private static void checkName(String name, int line, Value value) {
        if (name.toLowerCase(Locale.ROOT).equals(Phase.WHOLE_RUN)) {
            value.problems().add(line, "%s is there in every run; a script must not define it".formatted(value.path()));
        } else if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            value.problems()
                    .add(
                            line,
                            "%s is not a name for a phase; it must be words of letters and digits, up to %d characters"
                                    .formatted(value.path(), MAX_NAME));
        }
    }

    private Optional<Phase> phase(String name, Value value) {
        List<Value> bounds = value.list().orElse(List.of());
        if (bounds.isEmpty()) {
            return Optional.empty();
        }
        if (bounds.size() != 2) {
            return note(value, "has %d times; it must have two, such as [0s, 8s]".formatted(bounds.size()));
        }
        Optional<Duration> from = bounds.get(0).duration(Duration.ZERO, ScriptReader.MAX_DURATION);
        Optional<Duration> to = bounds.get(1).duration(Duration.ZERO, ScriptReader.MAX_DURATION);
        return from.flatMap(start -> to.flatMap(stop -> phase(value, new Phase(name, start, stop))));
    }

    private Optional<Phase> phase(Value value, Phase phase) {
        String to = Durations.text(phase.to());
        if (phase.from().compareTo(phase.to()) >= 0) {
            return note(
                    value, "is from %s to %s; it must end after it begins".formatted(Durations.text(phase.from()), to));
        }
        if (end.isPresent() && phase.to().compareTo(end.get()) > 0) {
            return note(
                    value,
                    "ends at %s; it must end within the recording, by %s".formatted(to, Durations.text(end.get())));
        }
        return Optional.of(phase);
    }

    private static Optional<Phase> note(Value value, String predicate) {
        value.problems().add(value.line(), value.path() + " " + predicate);
        return Optional.empty();
    }
}

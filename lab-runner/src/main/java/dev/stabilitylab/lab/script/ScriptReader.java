package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import dev.stabilitylab.lab.script.Simulation.Variant;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a simulation from its YAML file, strictly: what it does not understand is a problem, never ignored. */
public final class ScriptReader {

    /** The longest recording. */
    static final Duration MAX_DURATION = Duration.ofHours(1);

    private static final Duration MAX_WARM_UP = Duration.ofMinutes(10);
    private static final Duration DEFAULT_WARM_UP = Duration.ofSeconds(5);
    private static final List<String> KEYS =
            List.of("title", "system", "watched", "load", "warm-up", "duration", "timeline", "phases", "variants");

    private final Path file;
    private final Problems problems;

    private ScriptReader(Path file) {
        this.file = file;
        this.problems = new Problems(file);
    }

    /**
     * Reads a script.
     *
     * @throws ScriptException with every problem that the file has
     */
    public static Simulation read(Path file) {
        return new ScriptReader(file).read();
    }

    private Simulation read() {
        Node node = new StrictYaml(ScriptText.read(file, problems), problems).root();
        if (!(node instanceof MappingNode mapping)) {
            throw problems.fatal(1, "the script must be a mapping with the keys " + String.join(", ", KEYS));
        }
        return simulation(new Section("", mapping, problems).refuseOtherKeysThan(KEYS));
    }

    private Simulation simulation(Section script) {
        Optional<String> title = script.require("title").flatMap(Value::text);
        SystemSpec system = script.get("system").map(SystemReader::read).orElse(SystemReader.DEFAULT);
        Duration warmUp = script.get("warm-up")
                .flatMap(value -> value.duration(Duration.ZERO, MAX_WARM_UP))
                .orElse(DEFAULT_WARM_UP);
        Optional<Duration> duration =
                script.require("duration").flatMap(value -> value.duration(Duration.ofSeconds(1), MAX_DURATION));
        LoadReader loadReader = new LoadReader(duration);
        Optional<LoadSpec> load = script.require("load").flatMap(loadReader::read);
        Loads loads = new Loads(script);
        List<TimelineEvent> timeline = script.get("timeline")
                .map(new TimelineReader(duration, loads.closed())::read)
                .orElse(List.of());
        List<String> watched = script.get("watched").map(Upstreams::list).orElseGet(() -> broken(timeline));
        Optional<Section> phaseSection = script.get("phases").flatMap(Value::names);
        List<Phase> phases = phaseSection.map(new PhasesReader(duration)::read).orElse(List.of());
        List<Variant> variants = variants(script, phaseSection, loadReader, loads);
        problems.throwIfAny();
        return new Simulation(
                nameOf(file),
                title.orElseThrow(),
                file,
                system,
                load.orElseThrow(),
                warmUp,
                duration.orElseThrow(),
                timeline,
                watched,
                phases,
                variants);
    }

    private static List<String> broken(List<TimelineEvent> timeline) {
        return timeline.stream()
                .flatMap(event -> event instanceof Inject inject ? Stream.of(inject.upstream()) : Stream.empty())
                .distinct()
                .toList();
    }

    private List<Variant> variants(Section script, Optional<Section> phases, LoadReader loadReader, Loads loads) {
        Optional<Section> section = script.require("variants").flatMap(Value::names);
        if (section.isPresent() && section.get().keys().isEmpty()) {
            problems.add(script.lineOf("variants"), "variants is empty; there must be at least one variant");
        }
        // Phases and faults that are wrong in themselves count as known here: one mistake, one problem.
        List<String> names = new ArrayList<>(phases.map(Section::keys).orElse(Set.of()));
        boolean watchesSomething = script.get("watched").isPresent()
                || script.get("timeline")
                        .filter(TimelineReader::breaksSomething)
                        .isPresent();
        ExpectationParser parser = new ExpectationParser(names, loads.groups(), watchesSomething);
        return section.map(variants -> new VariantsReader(variants, loadReader, parser).read())
                .orElse(List.of());
    }

    /** The file's name without its ending. */
    static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.replaceFirst("\\.ya?ml$", "");
    }
}

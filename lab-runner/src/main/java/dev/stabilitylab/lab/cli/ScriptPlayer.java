package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.report.terminal.LiveDisplay;
import dev.stabilitylab.lab.report.terminal.Terminal;
import dev.stabilitylab.lab.run.Playback;
import dev.stabilitylab.lab.run.PlaybackOptions;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.verdict.Judgement;
import dev.stabilitylab.lab.verdict.RepeatedResult;
import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.world.World;
import dev.stabilitylab.lab.world.WorldException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plays scripts, each in a world of its own that ends with this process. */
final class ScriptPlayer {

    private final WorldChoice worlds;
    private final PlaybackOptions options;
    private final PrintWriter err;

    /**
     * Plays nothing yet.
     *
     * @param err where one can watch
     */
    ScriptPlayer(WorldChoice worlds, PlaybackOptions options, PrintWriter err) {
        this.worlds = worlds;
        this.options = options;
        this.err = err;
    }

    /**
     * Plays a script and writes its report.
     *
     * @param folder where the report goes
     * @return empty when this process is being ended
     * @throws WorldException when it cannot be played
     */
    Optional<PlayedScript> play(Simulation simulation, Path folder) throws InterruptedException {
        long begin = System.nanoTime();
        LiveDisplay display = new LiveDisplay(err, Terminal.standardError(), System::nanoTime);
        World world = worlds.world(options.home(), folder.resolve("logs"), simulation, display::event);
        StopSignal stop = StopSignal.closing(world, display::event);
        Reports reports = new Reports(simulation, folder, options.runs());
        try {
            List<Judgement> judgements = new Playback(
                            world, simulation, options, display, folder.resolve("faults.ndjson"))
                    .play(reports::write);
            ScriptOutcome outcome = outcome(judgements, reports);
            return Optional.of(new PlayedScript(
                    simulation.name(),
                    outcome,
                    reports.areComplete() ? outcome.status() : ExitStatus.COULD_NOT_RUN,
                    notes(judgements, world, reports),
                    Duration.ofNanos(System.nanoTime() - begin),
                    folder));
        } catch (WorldException failure) {
            if (stop.isNear()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static ScriptOutcome outcome(List<Judgement> judgements, Reports reports) {
        List<RunResult> results = judgements.stream().map(Judgement::result).toList();
        if (results.size() == 1) {
            return new ScriptOutcome.Once(results.get(0));
        }
        RepeatedResult repeated = RepeatedResult.of(results);
        reports.write(repeated);
        return new ScriptOutcome.Repeated(repeated);
    }

    /** What every run has to say is said once. */
    private static List<String> notes(List<Judgement> judgements, World world, Reports reports) {
        Stream<String> ofRuns = judgements.stream().flatMap(judgement -> judgement.notes().stream());
        return Stream.of(ofRuns, world.notes().stream(), reports.notes().stream())
                .flatMap(notes -> notes)
                .distinct()
                .toList();
    }
}

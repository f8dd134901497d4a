package dev.stabilitylab.lab.script;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scripted outage: a system under load, faults on a timeline, variants of policies, and what must hold. All times on the
 * timeline and of phases count from the start of the recording, after the warm-up.
 *
 * @param name the script's file name without its ending
 * @param title one line for people
 * @param source the file it was read from
 * @param system what differs from the services' own settings
 * @param load who asks for pages, and how often, where a variant says nothing else
 * @param warmUp load before the recording starts, in every variant
 * @param duration length of the recording, of one variant
 * @param timeline in order of time
 * @param watched upstreams whose attempts and breakers the figures are about
 * @param phases in the script's order; may leave gaps, may overlap
 * @param variants in the script's order; at least one
 */
public record Simulation(
        String name,
        String title,
        Path source,
        SystemSpec system,
        LoadSpec load,
        Duration warmUp,
        Duration duration,
        List<TimelineEvent> timeline,
        List<String> watched,
        List<Phase> phases,
        List<Variant> variants) {

    /**
     * The same simulation, slower or faster: timeline, phases, recording and warm-up are multiplied, and the warm-up stays at
     * 2 s or more if it was. Policies and service times stay what they are.
     *
     * @param timeScale from 0.05 to 10
     * @throws IllegalArgumentException with a sentence for people, when the scale is out of its limits or makes the
     *     recording longer than an hour
     */
    public Simulation scaled(double timeScale) {
        return new TimeScale(timeScale).apply(this);
    }

    /**
     * The variant of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Variant variant(String variant) {
        return variants.stream()
                .filter(each -> each.name().equals(variant))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("%s has no variant called \"%s\"".formatted(name, variant)));
    }

    /** The same simulation with these variants. */
    public Simulation withVariants(List<Variant> chosen) {
        return new Simulation(name, title, source, system, load, warmUp, duration, timeline, watched, phases, chosen);
    }

    /** Who asks for pages in a variant. */
    public LoadSpec loadOf(Variant variant) {
        LoadSpec own = variant.load();
        return own == null ? load : own;
    }

    /**
     * What the script asks of the services.
     *
     * @param homepages instances of the homepage service, at least 1
     * @param settings by service name, then by property name: settings of the service's own, passed as they are
     */
    public record SystemSpec(int homepages, Map<String, Map<String, String>> settings) {}

    /** A named stretch of the recording, {@code from} included, {@code to} excluded. */
    public record Phase(String name, Duration from, Duration to) {

        /** The name of the phase that every run has, over the entire recording. */
        public static final String WHOLE_RUN = "whole run";
    }

    /**
     * The same world under other policies.
     *
     * @param description one line for people
     * @param load instead of the script's; null when it is the script's
     * @param policies by caller and upstream; what is missing keeps the policy it started with
     * @param expectations what must hold in this variant
     */
    public record Variant(
            String name,
            String description,
            @Nullable LoadSpec load,
            Map<PolicyTarget, PolicySpec> policies,
            List<Expectation> expectations) {

        /** The same variant under another load. */
        Variant withLoad(LoadSpec other) {
            return new Variant(name, description, other, policies, expectations);
        }
    }
}

package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.Claim.BreakerState;
import dev.stabilitylab.lab.script.Simulation.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Understands one side of a comparison. */
final class TermParser {

    private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,9})?)";
    private static final Pattern CONSTANT = Pattern.compile(NUMBER + " ?(%|ms|s|/s)?");
    private static final Pattern FACTOR = Pattern.compile(NUMBER + " ?x (.*)");
    private static final Pattern BREAKERS = Pattern.compile("breakers (open|closed) after(?: of (.+))?");

    private final List<String> phases;
    private final List<String> variants;

    TermParser(List<String> phases, List<String> variants) {
        this.phases = new ArrayList<>(phases);
        this.phases.add(Phase.WHOLE_RUN);
        this.variants = variants;
    }

    Term parse(String words) {
        Matcher constant = CONSTANT.matcher(words);
        if (constant.matches()) {
            return constant(Double.parseDouble(constant.group(1)), constant.group(2));
        }
        Matcher factor = FACTOR.matcher(words);
        return factor.matches() ? measured(Double.parseDouble(factor.group(1)), factor.group(2)) : measured(1, words);
    }

    private static Term constant(double value, @Nullable String unit) {
        if (unit == null) {
            return new Term.Constant(value, Unit.COUNT);
        }
        return switch (unit) {
            case "%" -> new Term.Constant(value / 100, Unit.SHARE);
            case "ms" -> new Term.Constant(value, Unit.TIME);
            case "s" -> new Term.Constant(value * 1000, Unit.TIME);
            default -> new Term.Constant(value, Unit.RATE);
        };
    }

    private Term measured(double factor, String words) {
        Matcher breakers = BREAKERS.matcher(words);
        if (breakers.matches()) {
            BreakerState state = BreakerState.valueOf(breakers.group(1).toUpperCase(Locale.ROOT));
            return new Term.BreakersAfter(factor, state, breakers.group(2) == null ? null : variant(breakers.group(2)));
        }
        int known =
                Metric.atStartOf(words).map(metric -> metric.words().length()).orElse(0);
        int in = words.indexOf(" in ", known);
        if (in < 0) {
            throw new IllegalArgumentException(
                    "\"%s\" is not understood; it must be a number with its unit, or a figure such as \"rate in %s\""
                            .formatted(Texts.shown(words), phases.get(0)));
        }
        return figure(factor, words.substring(0, in), words.substring(in + " in ".length()));
    }

    private Term figure(double factor, String words, String where) {
        int group = words.lastIndexOf(" for ");
        if (group < 0) {
            return inPhase(factor, metric(words), null, where);
        }
        Metric metric = metric(words.substring(0, group));
        if (!metric.isOfPages()) {
            throw new IllegalArgumentException(
                    "the figure \"%s\" is not one of pages; only those can be had for a group"
                            .formatted(metric.words()));
        }
        return inPhase(factor, metric, words.substring(group + " for ".length()), where);
    }

    /** A phase may have the word {@code of} in its name, so the longest name goes first. */
    private Term inPhase(double factor, Metric metric, @Nullable String group, String words) {
        int of = words.lastIndexOf(" of ");
        if (phases.contains(words) || of < 0) {
            return new Term.InPhase(factor, metric, group, phase(words), null);
        }
        String phase = phase(words.substring(0, of));
        return new Term.InPhase(factor, metric, group, phase, variant(words.substring(of + " of ".length())));
    }

    private static Metric metric(String words) {
        return Metric.of(words)
                .orElseThrow(() -> new IllegalArgumentException("there is no figure called \"%s\"%s"
                        .formatted(Texts.shown(words), Texts.suggestion(words, Metric.allWords()))));
    }

    private String phase(String name) {
        return known("phase", name, phases);
    }

    private String variant(String name) {
        return known("variant", name, variants);
    }

    private static String known(String kind, String name, List<String> names) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    "there is no %s called \"%s\"%s".formatted(kind, Texts.shown(name), Texts.suggestion(name, names)));
        }
        return name;
    }
}

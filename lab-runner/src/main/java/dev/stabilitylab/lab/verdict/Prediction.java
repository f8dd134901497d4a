package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Variant;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a variant's retries and its users' reloads would come to if every attempt failed with the same probability p, whatever
 * became of the others. A call has up to N + 1 attempts and fails with q = p^(N+1); a visit has up to M + 1 calls, as long as they fail. The
 * means are the sums of geometric series: 1 + p + ... + p^N attempts a call, 1 + q + ... + q^M calls a visit.
 *
 * @param retries N; of no use when there is a reason why not
 * @param reloads M
 * @param whyNot why nothing can be predicted, as a clause for people; null when it can
 */
record Prediction(int retries, int reloads, @Nullable String whyNot) {

    static Prediction of(Simulation simulation, Variant variant) {
        List<String> watched = simulation.watched();
        if (watched.size() != 1) {
            return not("%d upstreams are watched, and a prediction is about one".formatted(watched.size()));
        }
        PolicySpec policy = variant.policies().get(PolicyTarget.ofHomepage(watched.get(0)));
        if (policy == null) {
            return not("the policies of %s say nothing of %s".formatted(variant.name(), watched.get(0)));
        }
        LoadSpec.Reloads reloads = simulation.loadOf(variant).reloads();
        return new Prediction(retries(policy), reloads == null ? 0 : reloads.max(), null);
    }

    private static Prediction not(String why) {
        return new Prediction(0, 0, why);
    }

    private static int retries(PolicySpec policy) {
        return policy.settings().get("retry") instanceof Map<?, ?> retry
                        && retry.get("max-attempts") instanceof Integer attempts
                ? Math.max(0, attempts - 1)
                : 0;
    }

    /**
     * Attempts by visits.
     *
     * @param failures the measured share of attempts that failed
     */
    Figure attemptsAVisit(Figure failures) {
        return from(failures, p -> sum(p, retries) * sum(callFails(p), reloads));
    }

    /**
     * Share of pages that are whole: those whose call did not fail.
     *
     * @param failures the measured share of attempts that failed
     */
    Figure full(Figure failures) {
        return from(failures, p -> 1 - callFails(p));
    }

    private Figure from(Figure failures, DoubleUnaryOperator formula) {
        return whyNot == null ? failures.map(formula) : new Figure.Missing(whyNot);
    }

    private double callFails(double p) {
        return Math.pow(p, retries + 1);
    }

    /** 1 + x + ... + x^last, which is (1 - x^(last+1)) / (1 - x), but for 1. */
    private static double sum(double x, int last) {
        return x == 1 ? last + 1 : (1 - Math.pow(x, last + 1)) / (1 - x);
    }
}

package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import java.util.List;
import java.util.Map;

/** When and on what runs were played, and whether what was expected held. */
final class RunSentence {

    private static final int LENGTH_OF_A_DATE = "2026-01-31".length();

    private RunSentence() {}

    static String of(List<RunResult> results) {
        RunResult first = results.get(0);
        Map<String, Object> facts = first.environment();
        return "Played %s on %s by lab %s with %s, on %s cores (%s), Java (%s) and Spring Boot %s. %s%s"
                .formatted(
                        results.size() == 1 ? "once" : results.size() + " times",
                        date(fact(facts, "started")),
                        fact(facts, "lab"),
                        seeds(results),
                        fact(facts, "cores"),
                        fact(facts, "os"),
                        fact(facts, "java"),
                        fact(facts, "springBoot"),
                        results.size() == 1 ? verdict(first) : verdict(results),
                        warning(fact(facts, "timeScale")));
    }

    private static String seeds(List<RunResult> results) {
        String first = fact(results.get(0).environment(), "seed");
        String last = fact(results.get(results.size() - 1).environment(), "seed");
        return first.equals(last) ? "seed " + first : "seeds %s to %s".formatted(first, last);
    }

    private static String verdict(RunResult result) {
        List<ExpectationResult> all = result.variants().stream()
                .flatMap(variant -> variant.expectations().stream())
                .toList();
        long held = all.stream().filter(ExpectationResult::held).count();
        return held == all.size()
                ? "Every expectation held."
                : "%d of %d expectations held.".formatted(held, all.size());
    }

    private static String verdict(List<RunResult> results) {
        return "Every expectation held in %d of the %d runs; the pictures show the first one."
                .formatted(results.stream().filter(RunResult::held).count(), results.size());
    }

    private static String warning(String timeScale) {
        return timeScale.equals("1.0")
                ? ""
                : " The script's times were multiplied by %s for this, the policies' were not: figures for a look only."
                        .formatted(timeScale);
    }

    private static String date(String instant) {
        return instant.substring(0, Math.min(LENGTH_OF_A_DATE, instant.length()));
    }

    private static String fact(Map<String, Object> facts, String name) {
        Object value = facts.get(name);
        return value == null ? "unknown" : value.toString();
    }
}

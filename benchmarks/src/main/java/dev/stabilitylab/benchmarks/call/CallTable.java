package dev.stabilitylab.benchmarks.call;

import dev.stabilitylab.benchmarks.Rounds;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What was measured with one number of threads. */
final class CallTable {

    static final String BARE = "bare";

    private static final String BYTES = "gc.alloc.rate.norm";

    private final int threads;
    private final Rounds time = new Rounds();
    private final Rounds bytes = new Rounds();
    private final Rounds rate = new Rounds();

    CallTable(int threads) {
        this.threads = threads;
    }

    int threads() {
        return threads;
    }

    /** Adds the next round's result; returns the processor time of a call in nanoseconds. */
    double add(String contestant, RunResult result) {
        double nanos = score(result, ProcessorTime.RESULT);
        time.add(contestant, nanos);
        bytes.add(contestant, score(result, BYTES));
        rate.add(contestant, result.getPrimaryResult().getScore());
        return nanos;
    }

    private static double score(RunResult result, String secondary) {
        Result<?> measured = Objects.requireNonNull(result.getSecondaryResults().get(secondary));
        return measured.getScore();
    }

    /** As Markdown, with a row for each contestant. */
    String text(Map<String, String> titles) {
        StringBuilder text = new StringBuilder("""

                | %s | ns | ns above bare | times bare | bytes | bytes above bare | calls/s, times bare |
                |---|--:|--:|--:|--:|--:|--:|
                """.formatted(threads == 1 ? "One thread" : threads + " threads"));
        titles.forEach((contestant, title) -> text.append("| %s | %s | %s | %s | %,.0f | %,.0f | %s |\n"
                .formatted(
                        title,
                        time.of(contestant).text("%,.0f"),
                        time.difference(contestant, BARE).text("%,.0f"),
                        time.ratio(contestant, BARE).text("%.2f"),
                        bytes.of(contestant).median(),
                        bytes.difference(contestant, BARE).median(),
                        rate.ratio(contestant, BARE).text("%.2f"))));
        return text.toString();
    }
}

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
    private final Rounds nanos = new Rounds();
    private final Rounds bytes = new Rounds();

    CallTable(int threads) {
        this.threads = threads;
    }

    int threads() {
        return threads;
    }

    /** Adds the next round's result; returns the time of a call in nanoseconds of all the processors that can be busy with calls. */
    double add(String contestant, RunResult result) {
        int processors = Math.min(threads, Runtime.getRuntime().availableProcessors());
        double time = 1e9 * processors / result.getPrimaryResult().getScore();
        Result<?> allocated =
                Objects.requireNonNull(result.getSecondaryResults().get(BYTES));
        nanos.add(contestant, time);
        bytes.add(contestant, allocated.getScore());
        return time;
    }

    /** As Markdown, with a row for each contestant. */
    String text(Map<String, String> titles) {
        StringBuilder text = new StringBuilder("""

                | %s | ns | ns above bare | times bare | bytes | bytes above bare |
                |---|--:|--:|--:|--:|--:|
                """.formatted(threads == 1 ? "One thread" : threads + " threads"));
        titles.forEach((contestant, title) -> text.append("| %s | %s | %s | %s | %,.0f | %,.0f |\n"
                .formatted(
                        title,
                        nanos.of(contestant).text("%,.0f"),
                        nanos.difference(contestant, BARE).text("%,.0f"),
                        nanos.ratio(contestant, BARE).text("%.2f"),
                        bytes.of(contestant).median(),
                        bytes.difference(contestant, BARE).median())));
        return text.toString();
    }
}

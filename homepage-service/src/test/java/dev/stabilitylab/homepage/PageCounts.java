package dev.stabilitylab.homepage;

import dev.stabilitylab.servicekit.contract.RawHttp;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How many pages the service says it has answered, by outcome. */
record PageCounts(long full, long degraded, long refused, long failed) {

    /** Asks the service; a request that has ended is counted already. */
    static PageCounts read(RawHttp management) {
        String metrics = management.send("GET", "/actuator/prometheus").body();
        return new PageCounts(
                count(metrics, "full"),
                count(metrics, "degraded"),
                count(metrics, "refused"),
                count(metrics, "failed"));
    }

    PageCounts since(PageCounts before) {
        return new PageCounts(
                full - before.full, degraded - before.degraded, refused - before.refused, failed - before.failed);
    }

    private static long count(String metrics, String outcome) {
        return Pattern.compile(
                        "^homepage_pages_seconds_count\\{.*outcome=\"%s\"} (\\d+)".formatted(outcome),
                        Pattern.MULTILINE)
                .matcher(metrics)
                .results()
                .map(MatchResult::group)
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no count of pages that ended " + outcome + " in\n" + metrics));
    }
}

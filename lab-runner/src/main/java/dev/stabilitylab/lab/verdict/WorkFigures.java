package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Recording.WorkSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** How much the services worked, from what they said of themselves. */
final class WorkFigures {

    private static final String HOMEPAGE = "homepage-";

    private final List<NavigableMap<Duration, WorkSample>> homepages = new ArrayList<>();
    private final List<NavigableMap<Duration, WorkSample>> upstreams = new ArrayList<>();

    /**
     * Sorts what was recorded.
     *
     * @param watched the upstreams that figures are about
     */
    WorkFigures(List<WorkSample> samples, Set<String> watched) {
        TreeMap<String, NavigableMap<Duration, WorkSample>> byService = new TreeMap<>();
        samples.forEach(sample -> byService
                .computeIfAbsent(sample.service(), service -> new TreeMap<>())
                .put(sample.at(), sample));
        byService.forEach((service, ofService) -> {
            if (service.startsWith(HOMEPAGE)) {
                homepages.add(ofService);
            } else if (watched.contains(service)) {
                upstreams.add(ofService);
            }
        });
    }

    /** Requests that all homepages worked on at once, on average. */
    Figure held(Duration from, Duration to, String phase) {
        return active(homepages, from, to, "the homepages", phase);
    }

    /** The same of the watched upstreams. */
    Figure inService(Duration from, Duration to, String phase) {
        return active(upstreams, from, to, "the watched upstreams", phase);
    }

    private static Figure active(
            List<NavigableMap<Duration, WorkSample>> services, Duration from, Duration to, String who, String phase) {
        double sum = 0;
        boolean known = false;
        for (NavigableMap<Duration, WorkSample> service : services) {
            var inPhase = service.subMap(from, true, to, false).values();
            if (!inPhase.isEmpty()) {
                known = true;
                sum += inPhase.stream()
                        .mapToDouble(WorkSample::active)
                        .average()
                        .orElse(0);
            }
        }
        return known ? new Figure.Known(sum) : notSaid(who, phase);
    }

    /** Share of the work that ended in the phase, by time, whose caller had given up. */
    Figure wasted(Duration from, Duration to, String phase) {
        double wanted = 0;
        double unwanted = 0;
        boolean known = false;
        for (NavigableMap<Duration, WorkSample> service : upstreams) {
            var before = service.floorEntry(from) == null ? service.firstEntry() : service.floorEntry(from);
            var last = service.floorEntry(to);
            if (last != null && last.getKey().compareTo(before.getKey()) > 0) {
                known = true;
                WorkSample a = before.getValue();
                WorkSample b = last.getValue();
                wanted += Math.max(0, b.wantedSeconds() - a.wantedSeconds());
                unwanted += Math.max(0, b.unwantedSeconds() - a.unwantedSeconds());
            }
        }
        return known
                ? Figure.ratio(
                        unwanted, wanted + unwanted, "the watched upstreams ended no work in %s".formatted(phase))
                : notSaid("the watched upstreams", phase);
    }

    private static Figure notSaid(String who, String phase) {
        return new Figure.Missing("%s did not say how much they work in %s".formatted(who, phase));
    }
}

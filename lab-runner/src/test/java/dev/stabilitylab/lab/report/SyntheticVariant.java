package dev.stabilitylab.lab.report;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes up the recording of a variant.
 *
 * @param rate pages a second while all is well
 * @param dipRate pages a second until the breakers open
 * @param outageRate pages a second from then to the heal
 */
record SyntheticVariant(
        String name,
        String description,
        double rate,
        double dipRate,
        double outageRate,
        boolean breakers,
        boolean retries) {

    static final int INSTANCES = 8;

    private static final String UPSTREAM = "recommendations";
    private static final double DIP = 3.4;
    private static final double OPEN = 2;

    SyntheticVariant numbered(int round) {
        String suffix = round == 0 ? "" : "-" + (round + 1);
        return new SyntheticVariant(name + suffix, description, rate, dipRate, outageRate, breakers, retries);
    }

    Recording record(Duration duration, double from, double to, long seed) {
        Random random = new Random(seed);
        double end = SyntheticRun.seconds(duration);
        return new Recording(
                name,
                duration,
                pages(end, from, to, random),
                samples(end, from, to, random),
                breakers ? transitions(from, to, random) : List.of(),
                List.of(),
                SyntheticRun.marks(from, to));
    }

    private double rateAt(double second, double from, double to) {
        if (second < from || second > to + 1.5) {
            return second > to ? rate * 0.9 : rate;
        }
        return second < from + DIP ? dipRate : outageRate;
    }

    private List<Page> pages(double end, double from, double to, Random random) {
        List<Page> pages = new ArrayList<>();
        double at = 0;
        while (true) {
            double now = rateAt(at, from, to);
            at += -Math.log(1 - random.nextDouble()) / now;
            if (at >= end) {
                return pages;
            }
            boolean broken = at > from && at < to + 0.5;
            double median = 8 / now;
            double latency = median * Math.exp(random.nextGaussian() * 0.35);
            pages.add(page(at, latency, broken, random.nextDouble()));
        }
    }

    private Page page(double at, double latency, boolean broken, double luck) {
        long ended = Math.round(at * 1e6);
        if (broken && luck < 0.04) {
            PageKind kind =
                    luck < 0.015 ? PageKind.FAILED : luck < 0.03 ? PageKind.CONNECTION_ERROR : PageKind.TIMED_OUT;
            return new Page(ended - Math.round(latency * 1.5e6), ended, kind, kind == PageKind.FAILED ? 503 : 0);
        }
        PageKind kind = broken ? PageKind.DEGRADED : PageKind.FULL;
        return new Page(ended - Math.round(latency * 1e6), ended, kind, 200);
    }

    private List<InstanceSample> samples(double end, double from, double to, Random random) {
        List<InstanceSample> samples = new ArrayList<>();
        for (int i = 1; i <= INSTANCES; i++) {
            Map<String, Double> totals = new HashMap<>();
            double last = 0;
            for (double at = 0.01 * i; at < end; at += 0.1 + random.nextDouble() * 0.004) {
                count(totals, at, at - last, from, to);
                last = at;
                samples.add(sample(i, at, totals));
            }
        }
        samples.sort(Comparator.comparing(InstanceSample::at));
        return samples;
    }

    private void count(Map<String, Double> totals, double at, double elapsed, double from, double to) {
        double pages = rateAt(at, from, to) * elapsed / INSTANCES;
        boolean down = at >= from && at < to;
        boolean open = breakers && down && at > from + DIP;
        double attempts = open ? 0.5 * elapsed : pages * (down && retries ? 4 : 1);
        totals.merge(down ? "connection_failed" : "success", attempts, Double::sum);
        totals.merge("timed_out", down ? attempts * 0.1 : 0.0, Double::sum);
        totals.merge("retries", down && retries && !open ? attempts * 0.75 : 0.0, Double::sum);
    }

    private InstanceSample sample(int instance, double at, Map<String, Double> totals) {
        Map<String, Long> attempts = new HashMap<>();
        for (String outcome : List.of("success", "connection_failed", "timed_out")) {
            attempts.put(outcome, Math.round(totals.getOrDefault(outcome, 0.0)));
        }
        return new InstanceSample(
                SyntheticRun.duration(at),
                "homepage-" + instance,
                breakers ? Map.of(UPSTREAM, "CLOSED", "auth", "CLOSED") : Map.of(),
                Map.of(UPSTREAM, attempts),
                Map.of(UPSTREAM, Math.round(totals.getOrDefault("retries", 0.0))));
    }

    private List<BreakerTransition> transitions(double from, double to, Random random) {
        List<BreakerTransition> transitions = new ArrayList<>();
        for (int i = 1; i <= INSTANCES; i++) {
            String instance = "homepage-" + i;
            double at = from + DIP * (0.5 + random.nextDouble() / 2);
            transitions.add(transition(at, instance, "CLOSED", "OPEN"));
            while (at < to) {
                at += OPEN + random.nextDouble() * 0.3;
                transitions.add(transition(at, instance, "OPEN", "HALF_OPEN"));
                at += 0.004 + random.nextDouble() * 0.05;
                transitions.add(transition(at, instance, "HALF_OPEN", at < to ? "OPEN" : "CLOSED"));
            }
        }
        transitions.sort(Comparator.comparing(BreakerTransition::at));
        return transitions;
    }

    private static BreakerTransition transition(double at, String instance, String from, String to) {
        return new BreakerTransition(SyntheticRun.duration(at), instance, UPSTREAM, from, to);
    }
}

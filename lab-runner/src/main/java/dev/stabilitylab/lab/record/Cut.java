package dev.stabilitylab.lab.record;

import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.record.Recording.WorkSample;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * The part of all that was seen that lies between the start and the end of the recording.
 *
 * @param start in nanoseconds of the clock, as all times here, but for those of pages: they are in microseconds
 * @param end excluded
 */
record Cut(
        long start,
        long end,
        List<Page> pages,
        List<InstanceSample> samples,
        List<BreakerTransition> transitions,
        List<WorkSample> work,
        List<Mark> marks) {

    /** In order, and in time from the start. */
    Recording recording(String variant) {
        return new Recording(
                variant,
                Duration.ofNanos(end - start),
                pages.stream()
                        .filter(page -> page.endedMicros() >= start / 1000 && page.endedMicros() < end / 1000)
                        .map(page -> page.since(start / 1000))
                        .sorted(Comparator.comparingLong(Page::endedMicros))
                        .toList(),
                samples.stream()
                        .filter(sample -> isWithin(sample.at()))
                        .map(sample -> new InstanceSample(
                                fromStart(sample.at()),
                                sample.instance(),
                                sample.breakers(),
                                sample.attempts(),
                                sample.retries()))
                        .sorted(Comparator.comparing(InstanceSample::at))
                        .toList(),
                transitions.stream()
                        .filter(transition -> isWithin(transition.at()))
                        .map(transition -> new BreakerTransition(
                                fromStart(transition.at()),
                                transition.instance(),
                                transition.upstream(),
                                transition.from(),
                                transition.to()))
                        .sorted(Comparator.comparing(BreakerTransition::at))
                        .toList(),
                work.stream()
                        .filter(sample -> isWithin(sample.at()))
                        .map(sample -> new WorkSample(
                                fromStart(sample.at()),
                                sample.service(),
                                sample.active(),
                                sample.wantedSeconds(),
                                sample.unwantedSeconds()))
                        .sorted(Comparator.comparing(WorkSample::at))
                        .toList(),
                marks.stream()
                        .filter(mark -> isWithin(mark.at()))
                        .map(mark -> new Mark(fromStart(mark.at()), mark.upstream(), mark.fault(), mark.text()))
                        .sorted(Comparator.comparing(Mark::at))
                        .toList());
    }

    private boolean isWithin(Duration at) {
        return at.toNanos() >= start && at.toNanos() < end;
    }

    private Duration fromStart(Duration at) {
        return at.minusNanos(start);
    }
}

package dev.stabilitylab.faultinjector.metrics;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.stabilitylab.faultinjector.schedule.Progress;
import dev.stabilitylab.faultinjector.schedule.Progress.State;
import dev.stabilitylab.faultinjector.schedule.Schedule;
import dev.stabilitylab.faultinjector.schedule.Scheduler;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;

/** How far the schedule has come that runs, or that ran last. */
final class ScheduleCollector implements Collector {

    private final Scheduler scheduler;

    ScheduleCollector(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public MetricSnapshot collect() {
        Map<State, Long> events = scheduler.current().map(Schedule::progress).orElse(List.of()).stream()
                .collect(groupingBy(Progress::state, counting()));
        Series series =
                Series.gauge("fault_injector_schedule_events", "Events of the schedule, by what became of them.");
        for (State state : State.values()) {
            series.add(Labels.of("state", state.label()), events.getOrDefault(state, 0L));
        }
        return series.snapshot();
    }
}

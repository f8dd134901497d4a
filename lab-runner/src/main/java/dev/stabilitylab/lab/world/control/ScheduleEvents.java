package dev.stabilitylab.lab.world.control;

import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.script.TimelineEvent.OfUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A timeline in the terms of the fault injector: a list of events, each of which does one thing to a proxy. Upstreams are whole at the
 * beginning, and have one fault at a time.
 */
final class ScheduleEvents {

    private final Duration start;
    private final List<Map<String, Object>> events = new ArrayList<>();
    /** By upstream, the name of the toxic that is its fault. */
    private final Map<String, String> toxics = new HashMap<>();

    private final Set<String> disabled = new HashSet<>();

    private ScheduleEvents(Duration start) {
        this.start = start;
    }

    /**
     * Everything that is to happen on the wire; what happens inside services is left out, but for the end of a fault on the wire.
     *
     * @param start of the schedule, in the timeline's time; negative when it starts before the timeline does
     */
    static List<Map<String, Object>> of(List<? extends OfUpstream> timeline, Duration start) {
        ScheduleEvents schedule = new ScheduleEvents(start);
        timeline.forEach(schedule::add);
        return List.copyOf(schedule.events);
    }

    private void add(OfUpstream change) {
        boolean onTheWire = change instanceof Inject inject && !inject.fault().isInside();
        Toxic toxic = onTheWire ? Toxic.of(((Inject) change).fault()) : null;
        boolean down = onTheWire && toxic == null;
        // The new fault is there before the old one goes, so that no request finds a whole upstream between them.
        if (down) {
            add(change, "enabled", false);
        }
        String old = toxics.remove(change.upstream());
        if (toxic != null) {
            String name = "lab-" + (events.size() + 1);
            toxics.put(change.upstream(), name);
            add(change, "toxic", toxic.named(name));
        }
        if (old != null) {
            add(change, "remove", old);
        }
        if (down) {
            disabled.add(change.upstream());
        } else if (disabled.remove(change.upstream())) {
            add(change, "enabled", true);
        }
    }

    private void add(OfUpstream change, String key, Object value) {
        events.add(Map.of("at", atMillis(change.at(), start), "proxy", change.upstream(), key, value));
    }

    /** When the schedule does what the timeline does at this time. */
    static long atMillis(Duration at, Duration start) {
        return Math.max(0, at.minus(start).toMillis());
    }
}

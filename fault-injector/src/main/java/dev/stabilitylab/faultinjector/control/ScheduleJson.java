package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.schedule.Event;
import dev.stabilitylab.faultinjector.schedule.Progress;
import dev.stabilitylab.faultinjector.schedule.Schedule;
import dev.stabilitylab.faultinjector.schedule.Timeline;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Schedules as the control API shows and takes them. */
final class ScheduleJson {

    static final int MAX_EVENTS = 1000;

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    private ScheduleJson() {}

    /**
     * Reads a whole schedule.
     *
     * @param proxies the names of those that there are
     * @throws IllegalArgumentException when it is anything else; the message tells which event is wrong, counted from 1
     */
    static Timeline read(JsonNode body, Set<String> proxies) {
        Fields fields = Fields.strictlyOf(body, Set.of("events", "keepalive"));
        JsonNode list = fields.field("events").orElseThrow(() -> ApiException.missing("events"));
        return new Timeline(
                readEvents(list, proxies), fields.millis("keepalive", 1).orElse(0L));
    }

    private static List<Event> readEvents(JsonNode list, Set<String> proxies) {
        if (!list.isArray() || list.isEmpty() || list.size() > MAX_EVENTS) {
            throw new IllegalArgumentException("events is %s; it must be an array of 1 to %d events"
                    .formatted(list.isArray() ? "an array of " + list.size() : list, MAX_EVENTS));
        }
        List<Event> events = new ArrayList<>();
        for (JsonNode entry : list) {
            try {
                events.add(EventJson.read(entry, proxies));
            } catch (ApiException e) {
                throw inEvent(events.size() + 1, e.reason(), e);
            } catch (IllegalArgumentException e) {
                throw inEvent(events.size() + 1, String.valueOf(e.getMessage()), e);
            }
        }
        return events;
    }

    private static IllegalArgumentException inEvent(int position, String reason, RuntimeException cause) {
        return new IllegalArgumentException("event %d: %s".formatted(position, reason), cause);
    }

    static ObjectNode write(Schedule schedule) {
        ObjectNode node = Json.object().put("state", schedule.state()).put("elapsed", schedule.elapsedMillis());
        if (schedule.keepaliveMillis() > 0) {
            node.put("keepalive", schedule.keepaliveMillis());
        }
        ArrayNode list = node.putArray("events");
        Iterator<Progress> progress = schedule.progress().iterator();
        schedule.events().forEach(event -> list.add(write(event, progress.next())));
        return node;
    }

    /** With {@code lateness}, in milliseconds down to a thousandth, and {@code error} only where there is one. */
    private static ObjectNode write(Event event, Progress progress) {
        ObjectNode node = EventJson.write(event).put("state", progress.state().label());
        progress.latenessNanos()
                .ifPresent(nanos -> node.put("lateness", Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI));
        progress.error().ifPresent(error -> node.put("error", error));
        return node;
    }
}

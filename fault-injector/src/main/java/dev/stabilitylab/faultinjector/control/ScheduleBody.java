package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.stabilitylab.faultinjector.schedule.Event;
import dev.stabilitylab.faultinjector.schedule.Progress;
import dev.stabilitylab.faultinjector.schedule.Schedule;
import dev.stabilitylab.faultinjector.schedule.Timeline;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schedule as the control API takes it. */
record ScheduleBody(
        @Nullable JsonNode events,

        @JsonDeserialize(using = Millis.FromOne.class) @Nullable
        Long keepalive) {

    static final int MAX_EVENTS = 1000;

    /**
     * Reads a whole schedule.
     *
     * @param proxies the names of those that there are
     * @throws IllegalArgumentException when it is anything else; the message tells which event is wrong, counted from 1
     */
    static Timeline read(JsonNode json, Set<String> proxies) {
        ScheduleBody body = Json.readStrictly(json, ScheduleBody.class);
        JsonNode list = body.events;
        if (list == null || list.isNull()) {
            throw ApiException.missing("events");
        }
        if (!list.isArray() || list.isEmpty() || list.size() > MAX_EVENTS) {
            throw new IllegalArgumentException("events is %s; it must be an array of 1 to %d events"
                    .formatted(list.isArray() ? "an array of " + list.size() : Json.brief(list), MAX_EVENTS));
        }
        List<Event> events = Json.each("event", list, entry -> EventBody.read(entry, proxies));
        return new Timeline(events, body.keepalive == null ? 0 : body.keepalive);
    }

    /** What {@code GET /schedule} answers. */
    static State state(Schedule schedule) {
        Iterator<Progress> progress = schedule.progress().iterator();
        return new State(
                schedule.state(),
                schedule.elapsedMillis(),
                Millis.orNull(schedule.keepaliveMillis()),
                schedule.events().stream()
                        .map(event -> EventBody.show(event, progress.next()))
                        .toList());
    }

    /** How far a schedule has come. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record State(String state, long elapsed, @Nullable Long keepalive, List<Map<String, Object>> events) {}
}

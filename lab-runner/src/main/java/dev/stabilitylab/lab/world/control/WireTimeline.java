package dev.stabilitylab.lab.world.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.lab.script.TimelineEvent.OfUpstream;
import dev.stabilitylab.lab.world.WorldException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The part of a timeline that the fault injector carries out by itself: it is exact however busy the lab is, and ends soon after a lab
 * that is killed.
 */
final class WireTimeline {

    /** Longer than a busy machine keeps the lab from saying that it is there, short enough to wait for after a kill. */
    static final Duration KEEPALIVE = Duration.ofSeconds(10);

    private static final long TOUCH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LOOK_MILLIS = 2;
    /** The schedule begins when the injector has the request; while that takes longer, nobody knows when that was. */
    private static final Duration QUICK = Duration.ofMillis(20);

    /** So long before the timeline begins, what has been posted has to do, so that nothing keeps it waiting. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

    private final InjectorClient injector;
    private final Duration start;
    private final boolean empty;
    private long touched = System.nanoTime();

    private WireTimeline(InjectorClient injector, Duration start, boolean empty) {
        this.injector = injector;
        this.start = start;
        this.empty = empty;
    }

    /**
     * Posts a timeline; again and again while that takes long and there is time, so that its times are right.
     *
     * @param time the timeline's own at this moment, negative before its beginning
     */
    static WireTimeline start(InjectorClient injector, List<? extends OfUpstream> timeline, Supplier<Duration> time) {
        Duration start = time.get();
        boolean empty = ScheduleEvents.of(timeline, start).isEmpty();
        boolean exact = empty;
        while (!exact) {
            injector.cancel();
            start = time.get();
            injector.start(ScheduleEvents.of(timeline, start), KEEPALIVE);
            Duration now = time.get();
            exact = now.minus(start).compareTo(QUICK) <= 0
                    || now.plus(LAST_MOMENT).compareTo(Duration.ZERO) >= 0;
        }
        return new WireTimeline(injector, start, empty);
    }

    /**
     * Returns when everything is in effect that is due until then.
     *
     * @param due in the timeline's time; not in the future
     */
    void await(Duration due) {
        long atMillis = ScheduleEvents.atMillis(due, start);
        long began = System.nanoTime();
        while (!empty && isPending(touch(), atMillis)) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new WorldException(
                        "The fault injector has not done for %d s what was due at %d ms of its schedule."
                                .formatted(TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS), atMillis));
            }
            pause();
        }
    }

    /** To be called often: says to the injector that the timeline is still wanted, as often as that is needed. */
    void keepAlive() {
        if (!empty && System.nanoTime() - touched > TOUCH_NANOS) {
            touch();
        }
    }

    private JsonNode touch() {
        touched = System.nanoTime();
        JsonNode schedule = injector.keepAlive();
        if (schedule.path("state").asText().equals("cancelled")) {
            throw new WorldException(
                    "The schedule at the fault injector was cancelled, by somebody else or because this lab"
                            + " had not been heard of for %d s.".formatted(KEEPALIVE.toSeconds()));
        }
        return schedule;
    }

    private static boolean isPending(JsonNode schedule, long atMillis) {
        boolean pending = false;
        for (JsonNode event : schedule.path("events")) {
            if (event.path("at").asLong() <= atMillis) {
                requireNotFailed(event);
                pending |= event.path("state").asText().equals("pending");
            }
        }
        return pending;
    }

    /** A toxic that cannot be taken off, since it is gone already, is as it should be. */
    private static void requireNotFailed(JsonNode event) {
        if (event.path("state").asText().equals("failed") && !event.has("remove")) {
            throw new WorldException("The fault injector could not do to %s what was due at %d ms of its schedule: %s"
                    .formatted(
                            event.path("proxy").asText(),
                            event.path("at").asLong(),
                            event.path("error").asText()));
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorldException("The wait for the fault injector was interrupted.", e);
        }
    }
}

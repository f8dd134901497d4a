package dev.stabilitylab.faultinjector.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

    /** Started 1000 µs after the epoch. */
    private final EventStreams streams = new EventStreams(Clock.fixed(Instant.ofEpochMilli(1), ZoneOffset.UTC));

    @Test
    void numbersEventsWithoutHoles() {
        streams.publish("a", "1");
        streams.publish("b", "2");

        assertThat(ids(1000)).containsExactly(1001L, 1002L);
        assertThat(ids(1001)).containsExactly(1002L);
        assertThat(ids(1002)).isEmpty();
        assertThat(streams.lastId()).isEqualTo(1002);
    }

    @Test
    void keepsTheLatestOnly() {
        for (int i = 0; i < EventStreams.MAX_EVENTS + 10; i++) {
            streams.publish("a", "1");
        }

        assertThat(ids(0)).hasSize(EventStreams.MAX_EVENTS).startsWith(1011L).endsWith(2010L);
    }

    @Test
    void keepsFewerWhenTheyAreLarge() {
        String half = "x".repeat(EventStreams.MAX_CHARS / 2);

        for (int i = 0; i < 5; i++) {
            streams.publish("a", half);
        }

        assertThat(ids(0)).containsExactly(1005L);
    }

    @Test
    void keepsTheLastOneHoweverLargeItIs() {
        streams.publish("a", "1");
        streams.publish("a", "x".repeat(EventStreams.MAX_CHARS + 1));

        assertThat(ids(0)).containsExactly(1002L);
    }

    private List<Long> ids(long after) {
        List<Long> ids = new ArrayList<>();
        EventStreams.ServerSentEvent event = streams.after(after);
        while (event != null) {
            ids.add(event.id());
            event = streams.after(event.id());
        }
        return ids;
    }
}

package dev.stabilitylab.faultinjector.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private final EventLog log = new EventLog(100);

    @Test
    void numbersEventsWithoutHoles() {
        log.add("a", "1");
        log.add("b", "2");

        assertThat(ids(100)).containsExactly(101L, 102L);
        assertThat(ids(101)).containsExactly(102L);
        assertThat(ids(102)).isEmpty();
        assertThat(log.lastId()).isEqualTo(102);
    }

    @Test
    void keepsTheLatestOnly() {
        for (int i = 0; i < EventLog.MAX_EVENTS + 10; i++) {
            log.add("a", "1");
        }

        assertThat(ids(0)).hasSize(EventLog.MAX_EVENTS).startsWith(111L).endsWith(1110L);
    }

    @Test
    void keepsFewerWhenTheyAreLarge() {
        String half = "x".repeat(EventLog.MAX_CHARS / 2);

        for (int i = 0; i < 5; i++) {
            log.add("a", half);
        }

        assertThat(ids(0)).containsExactly(105L);
    }

    @Test
    void keepsTheLastOneHoweverLargeItIs() {
        log.add("a", "1");
        log.add("a", "x".repeat(EventLog.MAX_CHARS + 1));

        assertThat(ids(0)).containsExactly(102L);
    }

    private List<Long> ids(long after) {
        List<Long> ids = new ArrayList<>();
        EventLog.ServerSentEvent event = log.after(after);
        while (event != null) {
            ids.add(event.id());
            event = log.after(event.id());
        }
        return ids;
    }
}

package dev.stabilitylab.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.report.timeline.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineCsvTest {

    @Test
    void writesARowForEachSlotUnderAHeaderWithUnits() throws IOException {
        Recording plain = new Recording(
                "plain",
                Duration.ofMillis(200),
                List.of(new Page(0, 12_345, PageKind.FULL, 200)),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        Recording watched = new Recording(
                "watched",
                Duration.ofMillis(100),
                List.of(),
                List.of(sample(0, 0), sample(100, 4)),
                List.of(),
                List.of(),
                List.of(new Mark(Duration.ZERO, "auth", true, "auth down")));

        String csv = csv(plain, watched);

        assertThat(csv).isEqualTo("""
                        variant,start_s,length_s,full_pages,degraded_pages,refused_pages,failed_pages,wrong_body_pages,\
                        timed_out_pages,connection_error_pages,not_sent_pages,latency_p50_ms,latency_p99_ms,latency_max_ms,\
                        auth_success_attempts,auth_retries,auth_homepage-1_breaker,marks
                        plain,0,0.1,1,0,0,0,0,0,0,0,12.345,12.345,12.345,0,0,,
                        plain,0.1,0.1,0,0,0,0,0,0,0,0,,,,0,0,,
                        watched,0,0.1,0,0,0,0,0,0,0,0,,,,4,2,CLOSED,auth down
                        """.replace("\n", "\r\n"));
    }

    @Test
    void quotesWhatWouldBreakARow() throws IOException {
        Recording recording = new Recording(
                "a \"b\", c\nd", Duration.ofMillis(100), List.of(), List.of(), List.of(), List.of(), List.of());

        assertThat(csv(recording)).contains("\r\n\"a \"\"b\"\", c\nd\",0,");
    }

    @Test
    void writesDotsInAnyCountry() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(csv(SyntheticRun.typical().recordings().get(0))).contains("retries-only,0.1,0.1,");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String csv(Recording... recordings) throws IOException {
        StringBuilder out = new StringBuilder();
        TimelineCsv.write(List.of(recordings).stream().map(Timeline::of).toList(), out);
        return out.toString();
    }

    private static InstanceSample sample(long millis, long count) {
        return new InstanceSample(
                Duration.ofMillis(millis),
                "homepage-1",
                Map.of("auth", "CLOSED"),
                Map.of("auth", Map.of("success", count)),
                Map.of("auth", count / 2));
    }
}

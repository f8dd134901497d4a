package dev.stabilitylab.servicekit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OrphanWatchTest {

    private final AtomicInteger stops = new AtomicInteger();

    @Test
    void stopsOnceWhenTheInputEndsWhateverCameBefore() {
        InputStream input = new ByteArrayInputStream(new byte[100_000]);

        new OrphanWatch(input, stops::incrementAndGet).run();

        assertThat(stops).hasValue(1);
    }

    @Test
    void stopsWhenTheInputBreaks() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();

        new OrphanWatch(broken, stops::incrementAndGet).run();

        assertThat(stops).hasValue(1);
    }
}

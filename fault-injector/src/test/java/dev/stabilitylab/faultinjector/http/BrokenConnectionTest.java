package dev.stabilitylab.faultinjector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.http.ClientEnd.Demand;
import dev.stabilitylab.faultinjector.toxic.BufferedBytes;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That a failure of our own, which there should not be, ends the connection, and leaves nothing behind. */
class BrokenConnectionTest {

    /** Of tests before this one. */
    private final long bufferedBefore = BufferedBytes.ALL.total();

    private final HttpChannel channel = new HttpChannel();

    @AfterEach
    void close() {
        channel.close();
    }

    private void assertBroken() {
        assertThat(channel.failures()).isNotEmpty().first().isInstanceOf(IllegalStateException.class);
        assertThat(channel.isOpen()).isFalse();
        channel.close();
        assertThat(channel.unreleased()).isZero();
        assertThat(BufferedBytes.ALL.total()).isEqualTo(bufferedBefore);
    }

    @Test
    void endsWhenAResponseFails() {
        channel.add("http_latency", Map.of("method", "POST", "latency", 10));
        channel.request(Messages.GET + Messages.POST);

        channel.breakClockAfter(1);
        channel.respond(Messages.OK + Messages.CHUNKED);

        assertThat(channel.toClient()).isEqualTo(Messages.OK);
        assertBroken();
    }

    @Test
    void endsWhenAResponseFailsThatHasWaited() {
        channel.add("http_headers", Map.of("method", "GET"));
        channel.add("http_latency", Map.of("method", "POST", "latency", 10));
        channel.request(Messages.GET + Messages.POST);
        channel.demand(Demand.NEVER);
        channel.respond(Messages.OK + Messages.CHUNKED);

        channel.breakClockAfter(0);
        channel.demand(Demand.ALWAYS);

        assertThat(channel.toClient()).doesNotContain("Wiki");
        assertBroken();
    }

    @Test
    void endsWhenAResponseFailsAfterItsPause() {
        channel.add("http_latency", Map.of("latency", 10));
        channel.request(Messages.GET);
        channel.respond(Messages.OK);

        channel.breakClockAfter(0);
        channel.advance(10);

        assertThat(channel.toClient()).isEmpty();
        assertBroken();
    }

    @Test
    void endsWhenARequestFails() {
        channel.add("http_status", Map.of("method", "POST"));

        channel.breakClockAfter(0);
        channel.request(Messages.GET + Messages.POST + Messages.GET);

        assertThat(channel.toUpstream()).doesNotContain("POST");
        assertBroken();
    }

    @Test
    void passesNothingMoreOnceAResponseHasFailed() {
        channel.add("http_latency", Map.of("method", "POST", "latency", 10));
        channel.request(Messages.GET + Messages.POST);
        channel.keepOpen();

        channel.breakClockAfter(1);
        channel.respond(Messages.OK + Messages.CHUNKED);
        channel.respond(Messages.OK);
        channel.demand(Demand.ALWAYS);

        assertThat(channel.toClient()).isEqualTo(Messages.OK);
        channel.close();
        assertBroken();
    }
}

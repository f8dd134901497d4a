package dev.stabilitylab.faultinjector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.http.ClientEnd.Demand;
import dev.stabilitylab.faultinjector.http.Messages.Conversation;
import dev.stabilitylab.faultinjector.toxic.Signal;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That bytes come out whole and in order, and that none are left, whenever the client's side demands more. */
class ResponseFlowTest {

    private static final int SEEDS = 400;
    private static final List<Demand> DEMANDS = List.of(Demand.values());

    /** One of each type, and some more ways to end; each for half of the requests. */
    private static final List<Toxic> TOXICS = List.of(
            new Toxic("http_latency", Map.of("rate", 0.5, "latency", 7)),
            new Toxic("http_drip", Map.of("rate", 0.5, "bytes", 3, "interval", 2)),
            new Toxic("http_headers", Map.of("rate", 0.5, "count", 2)),
            new Toxic("http_replace", Map.of("rate", 0.5)),
            new Toxic("http_corrupt", Map.of("rate", 0.5)),
            new Toxic("http_status", Map.of("rate", 0.5)),
            new Toxic("http_status", Map.of("method", "PUT")),
            new Toxic("http_truncate", Map.of("rate", 0.5, "bytes", 4)),
            new Toxic("http_truncate", Map.of("rate", 0.5, "bytes", 0, "reset", 1)));

    private record Toxic(String type, Map<String, ?> attributes) {}

    private record Outcome(String toClient, List<Object> events) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http_latency",
                "http_drip",
                "http_headers",
                "http_replace",
                "http_corrupt",
                "http_status",
                "http_truncate"
            })
    void passesTheSameHoweverItIsCutAndDemanded(String type) {
        List<Toxic> toxics =
                TOXICS.stream().filter(toxic -> toxic.type.equals(type)).toList();
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            assertSame(seed, random, List.of(toxics.get(random.nextInt(toxics.size()))));
        }
    }

    @Test
    void passesTheSameWithSeveralToxicsAtATime() {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Toxic> toxics = new ArrayList<>(TOXICS);
            toxics.removeIf(toxic -> random.nextBoolean());
            assertSame(seed, random, toxics);
        }
    }

    @Test
    void putsAnAnswerBetweenResponsesThoughTheFirstIsAnsweredWithADemand() {
        try (HttpChannel channel = new HttpChannel()) {
            channel.add("http_status", Map.of("method", "POST", "body", "no"));
            channel.request(Messages.GET + Messages.POST + Messages.GET);
            channel.demand(Demand.IN_THE_MIDDLE);

            channel.respond(Messages.OK + Messages.CHUNKED);
            channel.demand(Demand.ALWAYS);

            assertThat(channel.toClient())
                    .startsWith(Messages.OK + "HTTP/1.1 503 ")
                    .endsWith("\r\n\r\nno" + Messages.CHUNKED);
            assertThat(channel.failures()).isEmpty();
            assertThat(channel.unreleased()).isZero();
        }
    }

    private static void assertSame(int seed, RandomGenerator random, List<Toxic> toxics) {
        Conversation conversation = Messages.random(random, 1 + random.nextInt(8));
        Outcome expected;
        try (HttpChannel reference = new HttpChannel()) {
            toxics.forEach(toxic -> reference.add(toxic.type, toxic.attributes));
            reference.request(conversation.requests());
            // One by one, each byte has its way to the end, so that nothing is ever demanded in the middle.
            conversation.responses().chars().forEach(one -> {
                reference.respond(Character.toString(one));
                reference.advance(10);
            });
            expected = outcome(reference);
        }
        try (HttpChannel channel = new HttpChannel()) {
            toxics.forEach(toxic -> channel.add(toxic.type, toxic.attributes));
            channel.request(conversation.requests());
            channel.demand(Demand.ALWAYS);
            String responses = conversation.responses();
            int at = 0;
            while (at < responses.length()) {
                int next = Math.min(responses.length(), at + 1 + random.nextInt(random.nextBoolean() ? 20 : 600));
                channel.respond(responses.substring(at, next));
                at = next;
                channel.demand(DEMANDS.get(random.nextInt(DEMANDS.size())));
                channel.advance(random.nextInt(3));
            }
            channel.demand(Demand.ALWAYS);

            assertThat(outcome(channel)).as("seed %d, %s", seed, toxics).isEqualTo(expected);
            assertThat(channel.failures()).as("seed %d, %s", seed, toxics).isEmpty();
            assertThat(channel.unreleased()).as("seed %d, %s", seed, toxics).isZero();
        }
    }

    private static Outcome outcome(HttpChannel channel) {
        channel.endResponses();
        for (int i = 0; i < 1_000; i++) {
            channel.advance(10);
        }
        assertThat(channel.events()).hasSize(1).isSubsetOf(ChannelInputShutdownEvent.INSTANCE, Signal.RESET);
        return new Outcome(channel.toClient(), channel.events());
    }
}

package dev.stabilitylab.faultinjector.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.BareInjector;
import dev.stabilitylab.faultinjector.LeakCheck;
import dev.stabilitylab.faultinjector.conformance.Api;
import dev.stabilitylab.faultinjector.conformance.Link;
import dev.stabilitylab.faultinjector.conformance.Server;
import dev.stabilitylab.faultinjector.conformance.Way;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Toxics that come, change and go while bytes flow. The bytes are hashed. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class MidStreamIT {

    private static final int ROUNDS = 5;

    private BareInjector injector;
    private Server server;
    private Api api;
    private int port;

    @BeforeAll
    void start() throws IOException {
        injector = new BareInjector();
        server = new Server();
        api = new Api("http://127.0.0.1:" + injector.controlPort());
        String body = "{\"name\":\"one\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"%s\"}".formatted(server.address());
        String listen =
                api.post("/proxies", body).require(201).json().get("listen").asText();
        port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }

    @BeforeEach
    void takeAllToxicsOff() {
        api.post("/reset", "").require(204);
    }

    @AfterEach
    void noConnectionIsLeft() {
        new Resources(Long.MAX_VALUE, Long.MAX_VALUE).awaitReturn(injector);
    }

    @AfterAll
    void stop() throws IOException {
        injector.close();
        server.close();
    }

    static Stream<Arguments> lossless() {
        return Stream.of(LosslessToxic.values())
                .flatMap(toxic -> Stream.of(Way.values()).map(way -> Arguments.of(toxic, way)));
    }

    @ParameterizedTest
    @MethodSource("lossless")
    void everyByteArrivesWhileAToxicComesChangesAndGoes(LosslessToxic toxic, Way way) throws Exception {
        try (ByteStream stream =
                new ByteStream(Link.through(port, server), way, toxic.type().hashCode())) {
            for (int i = 0; i < ROUNDS; i++) {
                add(toxic.type(), way, toxic.attributes(), 1);
                change(toxic.type(), toxic.change());
                change(toxic.type(), "{\"toxicity\":0}");
                change(toxic.type(), "{\"toxicity\":1}");
                remove(toxic.type());
            }
            add(toxic.type(), way, toxic.attributes(), 1);
            assertComplete(stream, toxic.type().hashCode());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyByteArrivesThroughAllOfThemTogether(Way way) throws Exception {
        List<LosslessToxic> all = List.of(LosslessToxic.values());
        try (ByteStream stream = new ByteStream(Link.through(port, server), way, 100)) {
            for (int i = 0; i < ROUNDS; i++) {
                all.forEach(toxic -> add(toxic.type(), way, toxic.attributes(), 1));
                all.forEach(toxic -> change(toxic.type(), toxic.change()));
                all.forEach(toxic -> remove(toxic.type()));
            }
            all.forEach(toxic -> add(toxic.type(), way, toxic.attributes(), 1));
            api.post("/reset", "").require(204);
            assertComplete(stream, 100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatArrivesThroughABlackHoleIsWhatWasSentBeforeIt(Way way) throws Exception {
        try (ByteStream stream = new ByteStream(Link.through(port, server), way, 1)) {
            add("noop", way, "", 1);
            add("timeout", way, "\"timeout\":0", 0);
            change("timeout", "{\"toxicity\":1}");
            change("timeout", "{\"attributes\":{\"timeout\":60000}}");
            remove("timeout");

            assertPrefix(stream.received(), 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatArrivesUntilATimeoutIsWhatWasSentBeforeIt(Way way) throws Exception {
        try (ByteStream stream = new ByteStream(Link.through(port, server), way, 2)) {
            add("timeout", way, "\"timeout\":60000", 1);
            change("timeout", "{\"attributes\":{\"timeout\":50}}");
            stream.end();

            assertPrefix(stream.received(), 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatArrivesUntilAResetIsWhatWasSentBeforeIt(Way way) throws Exception {
        try (ByteStream stream = new ByteStream(Link.through(port, server), way, 3)) {
            add("reset_peer", way, "\"timeout\":60000", 1);
            change("reset_peer", "{\"attributes\":{\"timeout\":20}}");

            ByteStream.Received received = stream.received();
            assertPrefix(received, 3);
            assertThat(received.reset()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatArrivesWithinALimitIsThatMuch(Way way) throws Exception {
        add("limit_data", way, "\"bytes\":3000000", 1);
        try (ByteStream stream = new ByteStream(Link.through(port, server), way, 4)) {
            add("latency", way, "\"latency\":3", 1);
            remove("latency");

            ByteStream.Received received = stream.received();
            assertPrefix(received, 4);
            assertThat(received.count()).isEqualTo(3_000_000);
        }
    }

    private static void assertComplete(ByteStream stream, long seed) throws Exception {
        long sent = stream.end();
        assertThat(stream.received()).isEqualTo(new ByteStream.Received(sent, Bytes.hash(seed, sent), false));
    }

    private static void assertPrefix(ByteStream.Received received, long seed) {
        assertThat(received.hash()).isEqualTo(Bytes.hash(seed, received.count()));
    }

    private void add(String type, Way way, String attributes, double toxicity) {
        String body = "{\"name\":\"%s\",\"type\":\"%s\",\"stream\":\"%s\",\"toxicity\":%s,\"attributes\":{%s}}";
        api.post("/proxies/one/toxics", body.formatted(type, type, way, toxicity, attributes))
                .require(200);
    }

    private void change(String type, String body) {
        api.patch("/proxies/one/toxics/" + type, body).require(200);
    }

    private void remove(String type) {
        api.delete("/proxies/one/toxics/" + type).require(204);
    }
}

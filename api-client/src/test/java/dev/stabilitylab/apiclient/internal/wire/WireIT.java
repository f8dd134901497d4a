package dev.stabilitylab.apiclient.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.apiclient.internal.core.Reply;
import dev.stabilitylab.apiclient.internal.wire.RawServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the caller of a wire does to it: cancel, close, wait, rest. What a peer does is in {@link SocketMatrixIT}. */
@Timeout(60)
class WireIT {

    private static final Duration PLENTY = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n[1]";
    private static final Script SILENT = (peer, number) -> peer.answerOnce("");

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void returnsTheWholeAnswerAndUsesTheConnectionAgain() {
        RawServer server =
                opened(new RawServer((peer, number) -> peer.answerAll(OK.replace("[1]", "[%d]".formatted(number)))));
        Wire wire = wire(server, PLENTY, PLENTY);

        List<Reply> replies = List.of(send(wire, PLENTY), send(wire, PLENTY), send(wire, PLENTY));

        assertThat(replies).allSatisfy(reply -> assertThat(body(reply)).isEqualTo("[1]"));
        assertThat(server.requests()).isEqualTo(3);
        assertThat(wire.connections()).isEqualTo(new ConnectionCounts(0, 1, 0, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK,
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Type: application/json\r\n\r\n[1]",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\n[1\r\n1\r\n]\r\n0\r\nX-A: b\r\n\r\n"
            })
    void takesAResponseThatIsCutAnywhereForALostConnection(String whole) throws IOException {
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            try (RawServer server = new RawServer((peer, number) -> {
                        peer.readHead();
                        peer.send(cut);
                        peer.close();
                    });
                    Wire wire = wire(server, PLENTY, PLENTY)) {
                assertThat(send(wire, PLENTY)).as(cut).isInstanceOf(Reply.Lost.class);
                assertThat(wire.connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 2));
            }
        }
    }

    @Test
    void readsAResponseThatComesByteByByte() {
        RawServer server = opened(new RawServer((peer, number) -> {
            peer.readHead();
            peer.drip(OK);
            peer.awaitClose();
        }));
        Wire wire = wire(server, PLENTY, PLENTY);

        assertThat(body(send(wire, PLENTY))).isEqualTo("[1]");
        assertThat(wire.connections()).isEqualTo(new ConnectionCounts(0, 1, 0, 2));
    }

    @Test
    void sendsNothingOnceTheTimeIsOver() {
        RawServer server = opened(RawServer.answering(OK));
        Wire wire = wire(server, PLENTY, PLENTY);
        send(wire, PLENTY);

        Reply late = send(wire, Duration.ofNanos(-1));

        assertThat(late).isInstanceOf(Reply.Expired.class);
        assertThat(server.requests()).isEqualTo(1);
        assertThat(wire.connections().leased()).isZero();
    }

    @Test
    void sendsWhatTheCallerAcceptsAndOtherwiseJson() throws Exception {
        CompletableFuture<String> heads = new CompletableFuture<>();
        RawServer server = opened(new RawServer((peer, number) -> {
            String first = peer.readHeadAsText();
            peer.send(OK);
            heads.complete(first + peer.readHeadAsText());
            peer.send(OK);
        }));
        Wire wire = wire(server, PLENTY, PLENTY);

        wire.send(new Request("GET", "/", List.of(Map.entry("accept", "text/csv")), null), PLENTY, in(PLENTY));
        send(wire, PLENTY);

        assertThat(heads.get()
                        .lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("accept:")))
                .containsExactly("accept: text/csv", "Accept: application/json, application/problem+json");
    }

    @Test
    void opensANewConnectionWhenOneHasLivedLongEnough() {
        RawServer server = opened(RawServer.answering(OK));
        AtomicInteger lookUps = new AtomicInteger();
        Wire wire = opened(new Wire(
                server.url(),
                limits(Duration.ofNanos(1), PLENTY),
                host -> {
                    lookUps.incrementAndGet();
                    return InetAddress.getAllByName(host);
                },
                (SSLSocketFactory) SSLSocketFactory.getDefault()));

        send(wire, PLENTY);
        send(wire, PLENTY);

        assertThat(lookUps).hasValue(2);
        await().untilAsserted(() -> assertThat(server.open()).isZero());
        assertThat(wire.connections().idle()).isZero();
    }

    @Test
    void closesAConnectionThatRestsTooLong() {
        RawServer server = opened(RawServer.answering(OK));
        Wire wire = wire(server, PLENTY, SHORT);
        send(wire, PLENTY);
        boolean kept = wire.connections().idle() == 1;

        await().until(() -> {
            wire.evict();
            return wire.connections().idle() == 0;
        });

        assertThat(kept).isTrue();
        await().untilAsserted(() -> assertThat(server.open()).isZero());
        assertThat(body(send(wire, PLENTY))).isEqualTo("[1]");
    }

    @Test
    void waitsForAConnectionNoLongerThanHalfOfItsTime() throws Exception {
        Duration limit = Duration.ofSeconds(3);
        RawServer server = opened(new RawServer(SILENT));
        Wire wire = wire(server, PLENTY, PLENTY);
        Running one = Running.platform(() -> send(wire, PLENTY));
        Running other = Running.platform(() -> send(wire, PLENTY));
        await().until(() -> wire.connections().leased() == 2);

        long start = System.nanoTime();
        Reply reply = send(wire, limit);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(reply).isEqualTo(new Reply.NoConnectionFree(2));
        assertThat(taken).isGreaterThanOrEqualTo(limit.dividedBy(2)).isLessThan(limit);
        one.thread().interrupt();
        other.thread().interrupt();
        assertThat(List.of(one.reply(), other.reply())).allMatch(Reply.Cancelled.class::isInstance);
    }

    @Test
    void saysThatAllConnectionsAreTaken() throws Exception {
        RawServer server = opened(new RawServer(SILENT));
        Wire wire = wire(server, PLENTY, PLENTY);
        Running one = Running.platform(() -> send(wire, PLENTY));
        Running other = Running.platform(() -> send(wire, PLENTY));
        await().until(() -> wire.connections().leased() == 2);

        Reply reply = send(wire, SHORT);

        assertThat(reply).isEqualTo(new Reply.NoConnectionFree(2));
        one.thread().interrupt();
        other.thread().interrupt();
        assertThat(List.of(one.reply(), other.reply())).allMatch(Reply.Cancelled.class::isInstance);
        assertThat(wire.connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 2));
    }

    @Test
    void looksAnAddressUpOnceForAllWhoWait() throws Exception {
        RawServer server = opened(RawServer.answering(OK));
        AtomicInteger lookUps = new AtomicInteger();
        CountDownLatch found = new CountDownLatch(1);
        Wire wire = wireWithResolver(server.url(), host -> {
            lookUps.incrementAndGet();
            awaitUninterruptibly(found);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
        Running one = Running.platform(() -> send(wire, PLENTY));
        await().until(() -> lookUps.get() == 1);
        Running other = Running.platform(() -> send(wire, PLENTY));
        awaitBlocked(other);

        found.countDown();

        assertThat(List.of(body(one.reply()), body(other.reply()))).containsOnly("[1]");
        assertThat(lookUps).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("waitsOfEveryKindOfThread")
    void endsCancelledWhenTheThreadIsInterrupted(Wait wait, Kind kind) throws Exception {
        Situation situation = situation(wait);
        Running attempt = Running.on(kind, () -> situation.wire().send(situation.request(), PLENTY, in(PLENTY)));
        await().until(situation.isWaiting()::getAsBoolean);
        awaitBlocked(attempt);

        attempt.thread().interrupt();

        assertThat(attempt.reply()).isInstanceOf(Reply.Cancelled.class);
        assertThat(attempt.wasInterrupted()).isTrue();
        situation.letGo().run();
        await().untilAsserted(
                        () -> assertThat(situation.wire().connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 2)));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void endsAtOnceWhenTheWireIsClosed(Wait wait) throws Exception {
        Situation situation = situation(wait);
        Running attempt = Running.platform(() -> situation.wire().send(situation.request(), PLENTY, in(PLENTY)));
        await().until(situation.isWaiting()::getAsBoolean);
        awaitBlocked(attempt);

        situation.wire().close();

        boolean wasSent = wait == Wait.FOR_ANSWER || wait == Wait.FOR_ROOM;
        assertThat(attempt.reply())
                .isInstanceOf(wasSent ? Reply.Lost.class : Reply.NotConnected.class)
                .extracting(WireIT::cause)
                .hasToString("java.io.IOException: the client is closed");
        await().untilAsserted(
                        () -> assertThat(situation.wire().connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 2)));
    }

    @Test
    void isClosedForGood() {
        RawServer server = opened(RawServer.answering(OK));
        Wire wire = wire(server, PLENTY, PLENTY);
        send(wire, PLENTY);

        wire.close();

        assertThat(send(wire, PLENTY))
                .isInstanceOfSatisfying(
                        Reply.NotConnected.class, it -> assertThat(it.cause()).hasMessage("the client is closed"));
        assertThat(server.requests()).isEqualTo(1);
        assertThat(wire.connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 2));
    }

    static Stream<Wait> waits() {
        return Stream.of(Wait.values());
    }

    static Stream<Arguments> waitsOfEveryKindOfThread() {
        return waits().flatMap(wait -> Stream.of(Kind.values())
                .filter(kind -> kind == Kind.PLATFORM || Runtime.version().feature() >= 21)
                .map(kind -> Arguments.of(wait, kind)));
    }

    enum Kind {
        PLATFORM,
        VIRTUAL
    }

    /** What an attempt waits for. */
    enum Wait {
        FOR_CONNECTION,
        FOR_NAME,
        FOR_CONNECT,
        FOR_HANDSHAKE,
        FOR_ROOM,
        FOR_ANSWER
    }

    private Situation situation(Wait wait) throws IOException {
        Request get = new Request("GET", "/", List.of(), null);
        switch (wait) {
            case FOR_CONNECTION -> {
                RawServer server = opened(new RawServer(SILENT));
                Wire wire = wire(server, PLENTY, PLENTY);
                List<Running> holders =
                        List.of(Running.platform(() -> send(wire, PLENTY)), Running.platform(() -> send(wire, PLENTY)));
                await().until(() -> server.requests() == 2);
                return new Situation(
                        wire,
                        get,
                        () -> wire.connections().pending() == 1,
                        () -> holders.forEach(holder -> holder.thread().interrupt()));
            }
            case FOR_NAME -> {
                CountDownLatch end = new CountDownLatch(1);
                opened.add(end::countDown);
                AtomicInteger lookUps = new AtomicInteger();
                Wire wire = wireWithResolver(URI.create("http://upstream.test"), host -> {
                    lookUps.incrementAndGet();
                    awaitUninterruptibly(end);
                    throw new UnknownHostException(host);
                });
                return new Situation(wire, get, () -> lookUps.get() == 1, () -> {});
            }
            case FOR_CONNECT -> {
                FullServer server = opened(new FullServer());
                Wire wire = wireWithResolver(server.url(), InetAddress::getAllByName);
                return new Situation(wire, get, () -> wire.connections().leased() == 1, () -> {});
            }
            case FOR_HANDSHAKE -> {
                RawServer server = opened(new RawServer((peer, number) -> peer.awaitClose()));
                Wire wire =
                        wireWithResolver(URI.create("https://127.0.0.1:" + server.port()), InetAddress::getAllByName);
                return new Situation(wire, get, () -> server.open() == 1, () -> {});
            }
            case FOR_ROOM -> {
                CountDownLatch end = new CountDownLatch(1);
                opened.add(end::countDown);
                RawServer server = opened(new RawServer((peer, number) -> {
                    peer.readHead();
                    end.await();
                }));
                Wire wire = wire(server, PLENTY, PLENTY);
                Request large = new Request("POST", "/", List.of(), new byte[16 << 20]);
                return new Situation(wire, large, () -> server.requests() == 1, () -> {});
            }
            default -> {
                RawServer server = opened(new RawServer(SILENT));
                return new Situation(wire(server, PLENTY, PLENTY), get, () -> server.requests() == 1, () -> {});
            }
        }
    }

    /** An attempt's surroundings: when it waits, and how to let go of what it waits for. */
    private record Situation(Wire wire, Request request, BooleanSupplier isWaiting, Runnable letGo) {}

    private interface Attempt {
        Reply send();
    }

    /** An attempt on a thread of its own. */
    private record Running(Thread thread, CompletableFuture<Reply> result, CompletableFuture<Boolean> interrupted) {

        static Running platform(Attempt attempt) {
            return on(Kind.PLATFORM, attempt);
        }

        static Running on(Kind kind, Attempt attempt) {
            CompletableFuture<Reply> result = new CompletableFuture<>();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread thread = start(kind, () -> {
                try {
                    Reply reply = attempt.send();
                    interrupted.complete(Thread.currentThread().isInterrupted());
                    result.complete(reply);
                } catch (Throwable thrown) {
                    result.completeExceptionally(thrown);
                }
            });
            return new Running(thread, result, interrupted);
        }

        private static Thread start(Kind kind, Runnable work) {
            if (kind == Kind.VIRTUAL) {
                try {
                    // This is compiled for Java 17, which has none.
                    return (Thread) Thread.class
                            .getMethod("startVirtualThread", Runnable.class)
                            .invoke(null, work);
                } catch (ReflectiveOperationException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
            Thread thread = new Thread(work, "attempt");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        Reply reply() throws Exception {
            return result.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }

        boolean wasInterrupted() {
            return interrupted.getNow(false);
        }
    }

    /** It sleeps or waits in the kernel; the latter looks like running, so a moment has to do. */
    private static void awaitBlocked(Running attempt) throws InterruptedException {
        attempt.thread().join(100);
        assertThat(attempt.result()).isNotDone();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String body(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Answered.class);
        return ((Reply.Answered) reply).response().text();
    }

    private static IOException cause(Object reply) {
        return reply instanceof Reply.Lost lost ? lost.cause() : ((Reply.NotConnected) reply).cause();
    }

    private static Reply send(Wire wire, Duration limit) {
        return wire.send(new Request("GET", "/", List.of(), null), PLENTY, in(limit));
    }

    private static long in(Duration limit) {
        return System.nanoTime() + limit.toNanos();
    }

    private Wire wire(RawServer server, Duration timeToLive, Duration idleTimeout) {
        return opened(new Wire(server.url(), limits(timeToLive, idleTimeout)));
    }

    private Wire wireWithResolver(URI url, Addresses.Resolver resolver) {
        return opened(
                new Wire(url, limits(PLENTY, PLENTY), resolver, (SSLSocketFactory) SSLSocketFactory.getDefault()));
    }

    private static Wire.Limits limits(Duration timeToLive, Duration idleTimeout) {
        return new Wire.Limits(2, 1000, timeToLive, idleTimeout);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}

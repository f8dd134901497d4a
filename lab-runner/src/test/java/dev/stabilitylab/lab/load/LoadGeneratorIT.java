package dev.stabilitylab.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.lab.http.RawServer;
import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.script.LoadSpec.Arrival;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.world.World.Instance;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadGeneratorIT {

    private static final String FULL = "{\"recommendations\":[1],\"popular_items\":[2]}";
    private static final String TOKEN = "Token 0x132";

    private final Queue<Page> pages = new ConcurrentLinkedQueue<>();
    private final RunClock clock = RunClock.startNow();

    @Test
    void asksForTheHomepageWithTheAuthorization() throws Exception {
        Set<String> heads = ConcurrentHashMap.newKeySet();
        try (RawServer server = RawServer.talking((socket, requests) -> {
            heads.add(requests.await());
            socket.getOutputStream().write(RawServer.answer(200, FULL));
        })) {
            LoadGenerator load = start(closed(1, Duration.ofMinutes(1), Duration.ofSeconds(5)), server);
            await().until(() -> pages.size() == 1);
            load.stop();

            assertThat(heads)
                    .singleElement()
                    .satisfies(head -> assertThat(head)
                            .startsWith("GET /home HTTP/1.1\n")
                            .contains("Authorization: Token 0x132\n"));
            assertThat(pages).extracting(Page::kind).containsExactly(PageKind.FULL);
        }
    }

    @Test
    void hasAsManyRequestsUnderWayAsTheClosedLoopHasUsersSpreadEvenly() throws Exception {
        AtomicInteger most = new AtomicInteger();
        try (RawServer one = counting(most);
                RawServer other = counting(most)) {
            LoadGenerator load = start(closed(6, Duration.ZERO, Duration.ofSeconds(5)), one, other);
            await().until(() -> pages.size() >= 60);
            load.stop();

            assertThat(most.get()).isBetween(2, 3);
            assertThat(one.requests() + other.requests()).isEqualTo(pages.size());
            assertThat(one.sockets()).hasSize(3);
            assertThat(other.sockets()).hasSize(3);
            assertThat(pages).extracting(Page::kind).containsOnly(PageKind.FULL);
        }
    }

    @Test
    void showsTheWaitOfEveryPageThatWasDueWhileTheServerStalled() throws Exception {
        AtomicInteger count = new AtomicInteger();
        AtomicLong stalledMicros = new AtomicLong();
        Object busy = new Object();
        try (RawServer server = RawServer.talking((socket, requests) -> {
            while (requests.await() != null) {
                synchronized (busy) {
                    // Not at once: the first pages are slow, since this machine is not warm.
                    if (count.incrementAndGet() == 100) {
                        stalledMicros.set(clock.nanos() / 1000);
                        TimeUnit.MILLISECONDS.sleep(500);
                    }
                }
                socket.getOutputStream().write(RawServer.answer(200, FULL));
            }
        })) {
            LoadGenerator load = start(open(100, 1000, Duration.ofSeconds(5)), server);
            await().until(() -> pages.size() >= 200);
            load.stop();

            long stalled = stalledMicros.get();
            assertThat(pages).anyMatch(page -> page.latencyMicros() >= 500_000);
            // What is due in the first 300 ms of the stall has 200 ms of it still before it.
            assertThat(pages)
                    .filteredOn(page -> page.dueMicros() > stalled && page.dueMicros() < stalled + 300_000)
                    .hasSizeBetween(29, 31)
                    .allSatisfy(page -> assertThat(page.latencyMicros()).isGreaterThan(199_000));
        }
    }

    @Test
    void givesUpAndClosesTheConnectionWhenThePatienceIsOver() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (RawServer server = RawServer.talking((socket, requests) -> {
            requests.await();
            awaitClose(requests, closed);
        })) {
            LoadGenerator load = start(closed(1, Duration.ofMinutes(1), Duration.ofMillis(200)), server);

            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
            load.stop();

            assertThat(pages).singleElement().satisfies(page -> {
                assertThat(page.kind()).isEqualTo(PageKind.TIMED_OUT);
                assertThat(page.status()).isZero();
                assertThat(page.latencyMicros()).isBetween(200_000L, 2_000_000L);
            });
        }
    }

    @Test
    void doesNotWaitForABodyThatDripsBeyondThePatience() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        try (RawServer server = RawServer.talking((socket, requests) -> {
            requests.await();
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n");
            try {
                while (true) {
                    write(socket, " ");
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (IOException e) {
                refused.countDown();
            }
        })) {
            LoadGenerator load = start(closed(1, Duration.ofMinutes(1), Duration.ofMillis(300)), server);

            assertThat(refused.await(5, TimeUnit.SECONDS)).isTrue();
            load.stop();

            assertThat(pages).extracting(Page::kind).containsExactly(PageKind.TIMED_OUT);
        }
    }

    @Test
    void asksOnceForAPageWhoseConnectionIsDropped() throws Exception {
        try (RawServer server = RawServer.talking((socket, requests) -> requests.await())) {
            LoadGenerator load = start(closed(1, Duration.ofMinutes(1), Duration.ofSeconds(5)), server);
            await().until(() -> !pages.isEmpty());
            load.stop();

            assertThat(pages).extracting(Page::kind).containsExactly(PageKind.CONNECTION_ERROR);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void takesGarbageAndResetsForConnectionErrors() throws Exception {
        try (RawServer garbage = RawServer.talking((socket, requests) -> {
                    requests.await();
                    write(socket, "garbage\r\n\r\n");
                });
                RawServer reset = RawServer.talking((socket, requests) -> {
                    requests.await();
                    socket.setSoLinger(true, 0);
                });
                RawServer broken = RawServer.talking((socket, requests) -> {
                    requests.await();
                    write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
                })) {
            LoadGenerator load =
                    start(closed(3, Duration.ofMillis(300), Duration.ofSeconds(5)), garbage, reset, broken);
            await().until(() -> pages.size() >= 6);
            load.stop();

            assertThat(pages).extracting(Page::kind).containsOnly(PageKind.CONNECTION_ERROR);
        }
    }

    @Test
    void takesARefusedConnectionForAConnectionErrorAndDoesNotRace() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0)) {
            port = unused.getLocalPort();
        }
        Instance gone = Instance.of("homepage-1", URI.create("http://127.0.0.1:" + port));
        LoadSpec spec = closed(1, Duration.ZERO, Duration.ofSeconds(5));

        LoadGenerator load = LoadGenerator.start(spec, List.of(gone), clock, 1, pages::add);
        await().until(() -> pages.size() >= 3);
        load.stop();

        assertThat(pages).extracting(Page::kind).containsOnly(PageKind.CONNECTION_ERROR);
        List<Page> seen = List.copyOf(pages);
        assertThat(seen.get(2).dueMicros() - seen.get(0).dueMicros()).isGreaterThanOrEqualTo(40_000);
    }

    @Test
    void takesABodyWithoutEndForAWrongOne() throws Exception {
        try (RawServer server = RawServer.talking((socket, requests) -> {
            requests.await();
            write(socket, "HTTP/1.1 200 OK\r\n\r\n" + FULL);
            while (true) {
                write(socket, " ".repeat(10_000));
            }
        })) {
            LoadGenerator load = start(closed(1, Duration.ofMinutes(1), Duration.ofSeconds(5)), server);
            await().until(() -> !pages.isEmpty());
            load.stop();

            assertThat(pages).extracting(Page::kind).containsExactly(PageKind.WRONG_BODY);
        }
    }

    @Test
    void doesNotSendMoreRequestsThanMayBeInFlight() throws Exception {
        try (RawServer server = RawServer.hanging()) {
            LoadGenerator load = start(open(200, 5, Duration.ofMinutes(1)), server);
            await().until(() -> pages.size() >= 20);

            assertThat(load.inFlight()).isEqualTo(5);
            load.close();

            assertThat(pages).extracting(Page::kind).containsOnly(PageKind.NOT_SENT);
            assertThat(server.sockets()).hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void bearsTwoThousandRequestsInFlightWithoutAThreadForEach() throws Exception {
        try (RawServer server = RawServer.hanging()) {
            int threadsBefore = Thread.activeCount();
            LoadGenerator load = start(closed(2000, Duration.ZERO, Duration.ofSeconds(4)), server);
            await().atMost(Duration.ofSeconds(20)).until(() -> server.sockets().size() >= 2000);

            assertThat(load.inFlight()).isGreaterThan(1500);
            assertThat(Thread.activeCount() - threadsBefore).isLessThan(10);
            load.stop();

            assertThat(pages).hasSizeGreaterThanOrEqualTo(2000);
            assertThat(pages).extracting(Page::kind).containsOnly(PageKind.TIMED_OUT);
            assertThat(server.sockets()).allSatisfy(LoadGeneratorIT::isClosedByTheOtherSide);
        }
    }

    @Test
    void asksAgainWithTheSameAuthorizationAtTheSameInstanceWhileAPageFails() throws Exception {
        Queue<String> tokens = new ConcurrentLinkedQueue<>();
        try (RawServer failing = answering(tokens, 503);
                RawServer other = answering(tokens, 503)) {
            LoadSpec.Closed spec = new LoadSpec.Closed(
                    2,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(5),
                    new LoadSpec.Reloads(3, Duration.ofMillis(50)),
                    List.of(new LoadSpec.Group("all", 1, "Token 1", null)));
            LoadGenerator load = start(spec, failing, other);
            // The second user comes half a think time after the first.
            await().until(() -> pages.size() >= 4);
            load.stop();

            assertThat(pages).extracting(Page::reload).containsExactly(false, true, true, true);
            assertThat(tokens).containsOnly("Token 1").hasSize(4);
            assertThat(failing.requests()).isEqualTo(4);
            assertThat(other.requests()).isZero();
            List<Page> seen = List.copyOf(pages);
            for (int i = 1; i < seen.size(); i++) {
                assertThat(seen.get(i).dueMicros() - seen.get(i - 1).endedMicros())
                        .isGreaterThanOrEqualTo(25_000);
            }
        }
    }

    @Test
    void letsEveryGroupComeWithItsAuthorizationAndInItsShare() throws Exception {
        Queue<String> tokens = new ConcurrentLinkedQueue<>();
        try (RawServer server = answering(tokens, 200)) {
            LoadSpec.Open spec = new LoadSpec.Open(
                    500,
                    Arrival.FIXED,
                    1000,
                    Duration.ofSeconds(5),
                    null,
                    List.of(
                            new LoadSpec.Group("most", 0.5, "Token 1", null),
                            new LoadSpec.Group("some", 0.25, "Token 2", null),
                            new LoadSpec.Group("late", 0.25, "Token 3", Duration.ofHours(1))));
            LoadGenerator load = start(spec, server);
            await().until(() -> pages.size() >= 400);
            load.stop();

            assertThat(pages).extracting(Page::group).containsOnly((byte) 0, (byte) 1);
            long some = pages.stream().filter(page -> page.group() == 1).count();
            // Drawn with a seed: of any four hundred visits, it is a quarter and not a half or an eighth.
            assertThat(some * 1.0 / pages.size()).isBetween(0.15, 0.35);
            assertThat(tokens.stream().filter("Token 2"::equals).count()).isEqualTo(some);
            assertThat(tokens).hasSameSizeAs(pages).containsOnly("Token 1", "Token 2");
        }
    }

    @Test
    void beginsATraceWithEveryPageWhereTheSystemTraces() throws Exception {
        Queue<String> heads = new ConcurrentLinkedQueue<>();
        try (RawServer server = RawServer.talking((socket, requests) -> {
            String head;
            while ((head = requests.await()) != null) {
                heads.add(head);
                socket.getOutputStream().write(RawServer.answer(200, FULL));
            }
        })) {
            List<Instance> instances = List.of(new Instance("homepage", server.uri(), server.uri()));
            LoadSpec spec = open(50, 100, Duration.ofSeconds(5));
            LoadGenerator load = LoadGenerator.start(spec, instances, clock, 1, pages::add, true);
            await().until(() -> pages.size() >= 3);
            load.stop();

            assertThat(heads)
                    .allSatisfy(head -> assertThat(head).contains("Authorization: " + TOKEN))
                    .extracting(head -> head.replaceFirst("(?s).*traceparent: (00-\\w{32})-\\w{16}-01\n.*", "$1"))
                    .allMatch(trace -> trace.length() == 35)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void comesAtAnotherRateAfterAChange() throws Exception {
        try (RawServer server = counting(new AtomicInteger())) {
            LoadGenerator load = start(open(20, 1000, Duration.ofSeconds(5)), server);
            await().until(() -> pages.size() >= 4);
            load.changeRate(200);
            await().until(() -> pages.size() >= 60);
            load.stop();

            List<Long> due =
                    pages.stream().map(Page::dueMicros).sorted().limit(60).toList();
            List<Long> gaps = IntStream.range(1, due.size())
                    .mapToObj(i -> due.get(i) - due.get(i - 1))
                    .toList();
            // In steps of 50 ms, then of 5 ms; only the gap in which the rate changed is neither.
            assertThat(gaps.subList(0, 3)).allSatisfy(gap -> assertThat(gap).isBetween(49_999L, 50_001L));
            List<Long> after =
                    gaps.stream().dropWhile(gap -> gap > 49_000).skip(1).toList();
            assertThat(after)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(gap -> assertThat(gap).isBetween(4_999L, 5_001L));
        }
    }

    @Test
    void refusesToChangeTheRateOfAClosedLoop() throws Exception {
        try (RawServer server = counting(new AtomicInteger());
                LoadGenerator load = start(closed(1, Duration.ofMinutes(1), Duration.ofSeconds(5)), server)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> load.changeRate(5))
                    .withMessage("a closed load has no rate that could be changed to 5.0/s");
        }
    }

    @Test
    void stopsAskingAtOnceAndWaitsForPagesUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch answer = new CountDownLatch(1);
        try (RawServer server = RawServer.talking((socket, requests) -> {
            requests.await();
            asked.countDown();
            answer.await();
            socket.getOutputStream().write(RawServer.answer(200, FULL));
            requests.await();
        })) {
            LoadGenerator load = start(closed(2, Duration.ZERO, Duration.ofSeconds(20)), server);
            asked.await();
            Thread stopping = new Thread(load::stop);
            stopping.start();
            await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
            answer.countDown();
            stopping.join();

            assertThat(pages).extracting(Page::kind).containsExactly(PageKind.FULL, PageKind.FULL);
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void leavesNoThreadsWhenStopped() throws Exception {
        try (RawServer server = counting(new AtomicInteger())) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            LoadGenerator load = start(closed(4, Duration.ZERO, Duration.ofSeconds(5)), server);
            await().until(() -> pages.size() >= 20);
            assertThat(loadThreads(before)).isNotEmpty();

            load.stop();

            // A pool says that it has ended a moment before its last thread has.
            await().untilAsserted(() -> assertThat(loadThreads(before)).isEmpty());
            load.stop();
            load.close();
        }
    }

    @Test
    void refusesToAskNobody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(closed(1, Duration.ZERO, Duration.ofSeconds(1))))
                .withMessage("instances is empty; a load needs at least one homepage instance");
    }

    private LoadGenerator start(LoadSpec spec, RawServer... servers) {
        List<Instance> instances = Stream.of(servers)
                .map(server -> Instance.of("homepage-" + server.uri().getPort(), server.uri()))
                .toList();
        return LoadGenerator.start(spec, instances, clock, 1, pages::add);
    }

    private static LoadSpec closed(int users, Duration thinkTime, Duration patience) {
        return new LoadSpec.Closed(users, thinkTime, patience, TOKEN);
    }

    private static LoadSpec open(double rate, int maxInFlight, Duration patience) {
        return new LoadSpec.Open(rate, Arrival.FIXED, maxInFlight, patience, TOKEN);
    }

    /** Answers after a few milliseconds, and counts how many requests there are at a time. */
    private static RawServer counting(AtomicInteger most) throws IOException {
        AtomicInteger now = new AtomicInteger();
        return RawServer.talking((socket, requests) -> {
            while (requests.await() != null) {
                int current = now.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(5);
                most.accumulateAndGet(current, Math::max);
                now.decrementAndGet();
                socket.getOutputStream().write(RawServer.answer(200, FULL));
            }
        });
    }

    /** Answers at once, and keeps the authorizations. */
    private static RawServer answering(Queue<String> authorizations, int status) throws IOException {
        return RawServer.talking((socket, requests) -> {
            String head;
            while ((head = requests.await()) != null) {
                authorizations.add(head.replaceFirst("(?s).*Authorization: ([^\n]*)\n.*", "$1"));
                socket.getOutputStream().write(RawServer.answer(status, status == 200 ? FULL : "{}"));
            }
        });
    }

    private static void awaitClose(RawServer.Requests requests, CountDownLatch closed) {
        try {
            if (requests.await() == null) {
                closed.countDown();
            }
        } catch (IOException e) {
            // Reset is closed, too.
            closed.countDown();
        }
    }

    private static void isClosedByTheOtherSide(Socket socket) throws IOException {
        socket.setSoTimeout(5000);
        byte[] rest = socket.getInputStream().readAllBytes();
        assertThat(rest.length).isLessThan(1000);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Set<String> loadThreads(Set<Thread> before) {
        Set<String> names = new HashSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread)
                    && (thread.getName().startsWith("load-") || thread.getName().contains("SelectorManager"))) {
                names.add(thread.getName());
            }
        }
        return names;
    }
}

package dev.stabilitylab.apiclient.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.internal.core.Reply;
import dev.stabilitylab.apiclient.internal.wire.RawServer.Script;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every row of docs/wire.md against a real peer that behaves like it. */
@Timeout(30)
class SocketMatrixIT {

    private static final Path PAGE = Path.of("../docs/wire.md");

    private static final Duration PLENTY = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(250);

    /** What a scheduler and a collector may add to a limit on a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private static final int MAX_BYTES = 100_000;
    private static final long MAX_ALLOCATED = 8 << 20;

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String ONE_CHUNK = "3\r\n[1]\r\n0\r\n\r\n";
    private static final String UNTIL_CLOSE = "HTTP/1.1 200 OK\r\n\r\n";
    private static final Request GET = request("GET");

    @TempDir
    static Path directory;

    private static TestCertificate good;
    private static TestCertificate foreign;

    private final Map<String, Behaviour> behaviours = new TreeMap<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        good = new TestCertificate(directory, "ip:127.0.0.1");
        foreign = new TestCertificate(directory, "dns:elsewhere.example");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    SocketMatrixIT() {
        withoutAConnection();
        breakingTheConnection();
        takingTooLong();
        withoutEnd();
        framingTheBody();
        beingAmbiguous();
        answeringInOtherWays();
        speakingTls();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void holds(Row row) throws Exception {
        assertThat(behaviours).containsKey(row.peer());
        Behaviour behaviour = Objects.requireNonNull(behaviours.get(row.peer()));

        Seen seen = behaviour.meet();

        assertThat(seen.outcome()).as(seen.reply().toString()).isIn(row.outcomes());
        assertThat(seen.requests()).as("requests on the wire").isEqualTo(row.requests());
        assertThat(seen.connection()).as("connection").isEqualTo(row.connection());
    }

    @Test
    void hasARowForEveryBehaviourAndNoRowTwice() throws IOException {
        assertThat(rows().map(Row::peer)).containsExactlyInAnyOrderElementsOf(behaviours.keySet());
    }

    private void withoutAConnection() {
        on("refuses the connection", () -> attempt(wire(unusedUrl(), null), PLENTY, null));
        on("has a name that does not exist", () -> {
            Wire wire = wire(URI.create("http://upstream.test:80"), host -> {
                throw new UnknownHostException(host);
            });
            return attempt(wire, PLENTY, null);
        });
        on("has a name that is not resolved within the connect timeout", () -> hangingName(SHORT, PLENTY));
        on("has a name that is not resolved within the attempt timeout", () -> hangingName(PLENTY, SHORT));
        on("does not accept the connection within the connect timeout", () -> {
            FullServer server = opened(new FullServer());
            return attempt(wire(server.url(), null), GET, SHORT, PLENTY, null);
        });
        on("does not accept the connection within the attempt timeout", () -> {
            FullServer server = opened(new FullServer());
            return attempt(wire(server.url(), null), GET, PLENTY, SHORT, null);
        });
        on("has two addresses, and the first one does not answer", () -> {
            RawServer server = opened(RawServer.answering(ok("[1]")));
            InetAddress[] addresses = {address("127.0.0.2"), address("127.0.0.1")};
            opened(new FullServer(server.port(), addresses[0]));
            Wire wire = wire(URI.create("http://upstream.test:" + server.port()), host -> addresses);
            return attempt(wire, GET, SHORT.multipliedBy(2), PLENTY, server);
        });
        on("has two addresses, and the first one refuses", () -> {
            RawServer server = opened(RawServer.answering(ok("[1]")));
            InetAddress[] addresses = {address("127.0.0.2"), address("127.0.0.1")};
            Wire wire = wire(URI.create("http://upstream.test:" + server.port()), host -> addresses);
            return attempt(wire, PLENTY, server);
        });
    }

    private void breakingTheConnection() {
        on("resets the connection right after accepting it", (peer, number) -> peer.reset());
        on("closes the connection right after accepting it", (peer, number) -> peer.close());
        on("resets the connection after the request", (peer, number) -> {
            peer.readHead();
            peer.reset();
        });
        on("closes the connection after the request", (peer, number) -> peer.readHead());
        on("resets the connection in the middle of the head", (peer, number) -> {
            peer.readHead();
            peer.send("HTTP/1.1 200 OK\r\nContent-");
            TimeUnit.MILLISECONDS.sleep(50);
            peer.reset();
        });
        on("resets the connection in the middle of the body", (peer, number) -> {
            peer.readHead();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[1");
            TimeUnit.MILLISECONDS.sleep(50);
            peer.reset();
        });
        on("closes the connection in the middle of the head", sendsAndCloses("HTTP/1.1 200 OK\r\nContent-Type: a"));
        on(
                "closes the connection after a head without its last line",
                sendsAndCloses("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"));
        on("closes the connection after an interim response", sendsAndCloses("HTTP/1.1 100 Continue\r\n\r\n"));
        on("closes the connection in the middle of a chunk", sendsAndCloses(CHUNKED + "5\r\n[1"));
        on("closes the connection between two chunks", sendsAndCloses(CHUNKED + "3\r\n[1]\r\n"));
        on("closes the connection before the line that ends a chunk", sendsAndCloses(CHUNKED + "3\r\n[1]"));
        on("closes the connection after the last chunk, without its last line", sendsAndCloses(CHUNKED + "0\r\n"));
        on("closes the connection that rests, and answers on another", () -> {
            CountDownLatch answered = new CountDownLatch(1);
            RawServer server = opened(new RawServer((peer, number) -> {
                peer.readHead();
                peer.send(ok("[%d]".formatted(number)));
                if (number == 1) {
                    answered.await();
                } else {
                    peer.awaitClose();
                }
            }));
            Wire wire = wire(server.url(), null);
            attempt(wire, PLENTY, server);
            answered.countDown();
            await().until(() -> server.open() == 0);
            return secondAttempt(wire, server);
        });
    }

    private void takingTooLong() {
        late("never answers", (peer, number) -> peer.answerOnce(""));
        late("stops in the middle of the head", (peer, number) -> peer.answerOnce("HTTP/1.1 200 OK\r\nContent-"));
        late("stops in the middle of the body", answersOnce("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[1"));
        late("stops between two chunks", answersOnce(CHUNKED + "3\r\n[1]\r\n"));
        late("drips the head", (peer, number) -> {
            peer.readHead();
            peer.drip("HTTP/1.1 200 OK\r\nX-Drip: " + "x".repeat(1000));
        });
        late("drips the body", (peer, number) -> {
            peer.readHead();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            peer.drip("x".repeat(1000));
        });
        late("drips interim responses", (peer, number) -> {
            peer.readHead();
            peer.drip("HTTP/1.1 100 Continue\r\n\r\n".repeat(20));
        });
        on("reads the head of a large request and no more", () -> {
            RawServer server = opened(new RawServer((peer, number) -> {
                peer.readHead();
                TimeUnit.MILLISECONDS.sleep(4 * SHORT.toMillis());
            }));
            Request large = new Request("POST", "/", List.of(), new byte[16 << 20]);
            return attempt(wire(server.url(), null), large, PLENTY, SHORT, server);
        });
    }

    private void withoutEnd() {
        endless("sends header lines without end", "HTTP/1.1 200 OK\r\n", "X-Endless: " + "x".repeat(100) + "\r\n");
        endless("sends one header line without end", "HTTP/1.1 200 OK\r\nX-Endless: ", "x".repeat(100));
        endless("sends one folded header line without end", "HTTP/1.1 200 OK\r\nX-Endless: x\r\n", " xxxx\r\n");
        endless("sends one status line without end", "HTTP/1.1 200 ", "x".repeat(100));
        endless("sends empty lines without end", "", "\r\n".repeat(100));
        endless("sends a chunk extension without end", CHUNKED + "3;x=", "x".repeat(100));
        endless("sends trailers without end", CHUNKED + "0\r\n", "X-Endless: " + "x".repeat(100) + "\r\n");
        endless("sends interim responses without end", "", "HTTP/1.1 100 Continue\r\n\r\n");
        endless("sends chunks without end", CHUNKED, "10\r\n0123456789abcdef\r\n");
        endless("sends a body without length and without end", UNTIL_CLOSE, "x".repeat(1000));
        endless("sends noise without end", "", "lorem ipsum\r\n");
    }

    private void framingTheBody() {
        on("announces a longer body than it sends, and closes", sendsAndCloses(sized(10, "[1]")));
        late("announces a longer body than it sends, and is silent", answersOnce(sized(10, "[1]")));
        on("announces a longer body than is allowed", answersOnce(sized(MAX_BYTES + 1, "[1]")));
        on("sends more than it announced, at once", answersOnce(ok("[1]") + ok("[666]")));
        on("sends more than it announced, while the connection rests", () -> {
            CountDownLatch answered = new CountDownLatch(1);
            CountDownLatch surplusSent = new CountDownLatch(1);
            RawServer server = opened(new RawServer((peer, number) -> {
                peer.readHead();
                peer.send(ok("[%d]".formatted(number)));
                if (number == 1) {
                    answered.await();
                    peer.send(ok("[666]"));
                    surplusSent.countDown();
                }
                peer.awaitClose();
            }));
            Wire wire = wire(server.url(), null);
            attempt(wire, PLENTY, server);
            answered.countDown();
            surplusSent.await();
            return secondAttempt(wire, server);
        });
        on("sends a body without length, and closes", sendsAndCloses(UNTIL_CLOSE + "[1]"));
        on("sends chunks that are not chunks", answersOnce(CHUNKED + "zz\r\n[1]\r\n"));
        on("sends a chunk of a negative size", answersOnce(CHUNKED + "-3\r\n[1]\r\n0\r\n\r\n"));
        on("sends a chunk that is longer than its size", answersOnce(CHUNKED + "2\r\n[1]\r\n0\r\n\r\n"));
        on("sends chunks with extensions and trailers", answersAll(CHUNKED + "3;a=b\r\n[1]\r\n0\r\nX-A: b\r\n\r\n"));
        on("sends a length that is not a number", answersOnce("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n[1]"));
        on("sends a negative length", answersOnce("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[1]"));
        on("sends an unknown transfer encoding", answersOnce("HTTP/1.1 200 OK\r\nTransfer-Encoding: a\r\n\r\n[1]"));
        on("sends noise", answersOnce("lorem ipsum\r\n\r\n"));
        on("sends an answer that HTTP/2 would send", answersOnce("HTTP/2 200 OK\r\nContent-Length: 3\r\n\r\n[1]"));
        on("sends a header line without a colon", answersOnce("HTTP/1.1 200 OK\r\nlorem\r\n\r\n"));
    }

    private void beingAmbiguous() {
        String two = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: %d\r\n\r\n[1]";
        on("sends two lengths that differ", answersOnce(two.formatted(2)));
        on("sends the same length twice", answersOnce(two.formatted(3)));
        on("sends a length and chunks", answersOnce(CHUNKED.replace("Tr", "Content-Length: 3\r\nTr") + ONE_CHUNK));
        on("sends a length with a sign", answersOnce("HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\n[1]"));
        on("sends a chunk size with a sign", answersOnce(CHUNKED + "+3\r\n[1]\r\n0\r\n\r\n"));
        on("ends lines of the head with LF alone", answersOnce("HTTP/1.1 200 OK\nContent-Length: 3\n\n[1]"));
        on("ends lines of a chunk with LF alone", answersOnce(CHUNKED + "3\n[1]\n0\n\n"));
        on("folds a header line", answersOnce("HTTP/1.1 200 OK\r\nContent-Length:\r\n 3\r\n\r\n[1]"));
        on("sends a space before a colon", answersOnce("HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\n[1]"));
        on(
                "sends a header name with a space",
                answersOnce("HTTP/1.1 200 OK\r\nA B: c\r\nContent-Length: 3\r\n\r\n[1]"));
        on(
                "sends a CR inside a header line",
                answersOnce("HTTP/1.1 200 OK\r\nX-A: b\rContent-Length: 0\r\nContent-Length: 3\r\n\r\n[1]"));
        on(
                "sends the transfer encoding twice",
                answersOnce(CHUNKED.replace("Tr", "Transfer-Encoding: chunked\r\nTr") + ONE_CHUNK));
        on(
                "sends an empty transfer encoding beside chunked",
                answersOnce("HTTP/1.1 200 OK\r\nTransfer-Encoding: , chunked\r\n\r\n3\r\n[1]\r\n0\r\n\r\n"));
    }

    private void answeringInOtherWays() {
        on("answers", answersAll(ok("[1]")));
        on("answers in chunks", answersAll(CHUNKED + ONE_CHUNK));
        on(
                "answers and asks to close",
                answersOnce("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
        on("answers as HTTP/1.0", answersOnce("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\n[1]"));
        on(
                "answers as HTTP/1.0 and asks to keep the connection",
                answersOnce("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\n[1]"));
        on("answers 204", answersAll("HTTP/1.1 204 No Content\r\n\r\n"));
        on("answers 304 with the length of what it does not send", () -> {
            RawServer server = opened(RawServer.answering("HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n"));
            return attempt(wire(server.url(), null), PLENTY, server);
        });
        on("answers HEAD with the length of what it does not send", () -> {
            RawServer server = opened(RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"));
            return attempt(wire(server.url(), null), request("HEAD"), PLENTY, PLENTY, server);
        });
        on("answers HEAD with a body", () -> {
            RawServer server = opened(new RawServer(answersOnce(ok("[1]"))));
            return attempt(wire(server.url(), null), request("HEAD"), PLENTY, PLENTY, server);
        });
        on("answers 204 with a body", answersOnce("HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n[1]"));
        on("answers 100 and then 200", answersAll("HTTP/1.1 100 Continue\r\n\r\n" + ok("[1]")));
        on("answers 101", answersOnce("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"));
        on("redirects to itself", answersAll("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"));
        on(
                "answers 503 and asks to retry at once",
                answersAll("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"));
        on("answers 429", answersAll("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"));
        on("answers 500 with a body without end", (peer, number) -> {
            peer.readHead();
            peer.send("HTTP/1.1 500 Internal Server Error\r\nTransfer-Encoding: chunked\r\n\r\n");
            peer.sendForever("10\r\n0123456789abcdef\r\n");
        });
        on("compresses the body unasked", () -> {
            String notJson = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc";
            RawServer server = opened(RawServer.answering(notJson));
            Seen seen = attempt(wire(server.url(), null), PLENTY, server);
            assertThat(seen.body()).isEqualTo("abc");
            return seen;
        });
    }

    private void speakingTls() {
        on("speaks TLS, with a trusted certificate", () -> tls(good.server(), answersAll(ok("[1]"))));
        on("speaks TLS, with a certificate for another name", () -> {
            RawServer server = opened(new RawServer(foreign.server(), answersAll(ok("[1]"))));
            return attempt(tlsWire(server.url(), foreign.client()), PLENTY, server);
        });
        on("speaks TLS, with a certificate that is not trusted", () -> {
            RawServer server = opened(new RawServer(good.server(), answersAll(ok("[1]"))));
            return attempt(tlsWire(server.url(), foreign.client()), PLENTY, server);
        });
        on("should speak TLS, and hangs in the handshake", () -> {
            RawServer server = opened(new RawServer((peer, number) -> peer.awaitClose()));
            return attempt(tlsWire(secure(server.url()), good.client()), GET, SHORT, PLENTY, server);
        });
        on("should speak TLS, and drips in the handshake", () -> {
            RawServer server =
                    opened(new RawServer((peer, number) -> peer.drip("\u0016\u0003\u0003@" + "\0".repeat(1000))));
            return attempt(tlsWire(secure(server.url()), good.client()), GET, PLENTY, SHORT, server);
        });
        on("should speak TLS, and speaks plain HTTP", () -> {
            RawServer server = opened(new RawServer((peer, number) -> {
                peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                peer.awaitClose();
            }));
            return attempt(tlsWire(secure(server.url()), good.client()), PLENTY, server);
        });
        on("should speak plain HTTP, and speaks TLS", () -> {
            RawServer server = opened(new RawServer(good.server(), answersOnce(ok("[1]"))));
            return attempt(wire(URI.create("http://127.0.0.1:" + server.port()), null), PLENTY, server);
        });
        on(
                "ends TLS in the middle of the head",
                () -> tls(good.server(), (peer, number) -> {
                    peer.readHead();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Type: a");
                    peer.close();
                }));
        on("ends TLS after a body without length", () -> tls(good.server(), sendsAndCloses(UNTIL_CLOSE + "[1]")));
        on("ends TLS in the middle of the body", () -> tls(good.server(), sendsAndCloses(sized(10, "[1]"))));
        on("ends TLS in the middle of chunks", () -> tls(good.server(), sendsAndCloses(CHUNKED + "3\r\n[1]\r\n")));
        on(
                "cuts TLS without its farewell, after a body without length",
                () -> tls(good.server(), (peer, number) -> {
                    peer.readHead();
                    peer.send(UNTIL_CLOSE + "[1]");
                    peer.cut();
                }));
        on(
                "speaks TLS, and sends more than it announced, at once",
                () -> tls(good.server(), answersOnce(ok("[1]") + ok("[2]"))));
        on(
                "speaks TLS, and sends more than it announced, in a record of its own",
                () -> tls(good.server(), (peer, number) -> {
                    peer.readHead();
                    peer.send(ok("[" + "1".repeat(9000) + "]") + ok("[2]"));
                    peer.awaitClose();
                }));
        on("speaks TLS, and sends more than it announced, while the connection rests", () -> {
            CountDownLatch answered = new CountDownLatch(1);
            CountDownLatch surplusSent = new CountDownLatch(1);
            RawServer server = opened(new RawServer(good.server(), (peer, number) -> {
                peer.readHead();
                peer.send(ok("[%d]".formatted(number)));
                if (number == 1) {
                    answered.await();
                    peer.send(ok("[666]"));
                    surplusSent.countDown();
                }
                peer.awaitClose();
            }));
            Wire wire = tlsWire(server.url(), good.client());
            attempt(wire, PLENTY, server);
            answered.countDown();
            surplusSent.await();
            return secondAttempt(wire, server);
        });
        on("speaks TLS, and stops in the middle of the body", () -> {
            RawServer server = opened(new RawServer(good.server(), answersOnce(sized(10, "[1]"))));
            return attempt(tlsWire(server.url(), good.client()), SHORT.multipliedBy(4), server);
        });
    }

    /** Attempts have plenty of time: what ends them is not the limit. */
    private void on(String peer, Script script) {
        on(peer, () -> {
            RawServer server = opened(new RawServer(script));
            return attempt(wire(server.url(), null), PLENTY, server);
        });
    }

    private void late(String peer, Script script) {
        on(peer, () -> {
            RawServer server = opened(new RawServer(script));
            return attempt(wire(server.url(), null), SHORT, server);
        });
    }

    private void endless(String peer, String begin, String rest) {
        on(peer, (connection, number) -> {
            connection.readHead();
            connection.send(begin);
            connection.sendForever(rest);
        });
    }

    private void on(String peer, Behaviour behaviour) {
        if (behaviours.put(peer, behaviour) != null) {
            throw new IllegalStateException(peer + " is tested twice");
        }
    }

    private Seen tls(SSLContext server, Script script) throws Exception {
        RawServer peer = opened(new RawServer(server, script));
        return attempt(tlsWire(peer.url(), good.client()), PLENTY, peer);
    }

    private Seen hangingName(Duration connectTimeout, Duration limit) {
        CountDownLatch end = new CountDownLatch(1);
        opened.add(end::countDown);
        Wire wire = wire(URI.create("http://upstream.test:80"), host -> {
            try {
                end.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        });
        return attempt(wire, GET, connectTimeout, limit, null);
    }

    private Seen secondAttempt(Wire wire, RawServer server) {
        int before = server.requests();
        Seen seen = attempt(wire, PLENTY, server);
        assertThat(seen.body()).isEqualTo("[2]");
        return new Seen(seen.reply(), seen.requests() - before, seen.connection());
    }

    private static Seen attempt(Wire wire, Duration limit, @Nullable RawServer server) {
        return attempt(wire, GET, PLENTY, limit, server);
    }

    /** One attempt, which must be bounded in time and memory and leave nothing behind, whatever the peer does. */
    private static Seen attempt(
            Wire wire, Request request, Duration connectTimeout, Duration limit, @Nullable RawServer server) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long allocated = threads.getThreadAllocatedBytes(self);
        long start = System.nanoTime();
        Reply reply = wire.send(request, connectTimeout, start + limit.toNanos());
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        allocated = threads.getThreadAllocatedBytes(self) - allocated;

        Duration bound = connectTimeout.compareTo(limit) < 0 ? connectTimeout : limit;
        assertThat(taken).isLessThan(bound.plus(SLACK));
        assertThat(allocated).as("bytes allocated").isLessThan(MAX_ALLOCATED);
        ConnectionCounts counts = wire.connections();
        assertThat(counts.leased() + counts.pending()).isZero();
        if (server == null) {
            return new Seen(reply, 0, "none");
        }
        await().pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(server.open()).isEqualTo(counts.idle()));
        return new Seen(reply, server.requests(), counts.idle() == 0 ? "closed" : "kept");
    }

    private Wire wire(URI url, Addresses.@Nullable Resolver resolver) {
        Addresses.Resolver all = InetAddress::getAllByName;
        return opened(new Wire(
                url, limits(), resolver == null ? all : resolver, (SSLSocketFactory) SSLSocketFactory.getDefault()));
    }

    private Wire tlsWire(URI url, SSLContext client) {
        return opened(new Wire(url, limits(), InetAddress::getAllByName, client.getSocketFactory()));
    }

    private static Wire.Limits limits() {
        return new Wire.Limits(2, MAX_BYTES, Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    private static Request request(String method) {
        return new Request(method, "/", List.of(), null);
    }

    private static URI unusedUrl() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + unused.getLocalPort());
        }
    }

    private static URI secure(URI plain) {
        return URI.create("https" + plain.toString().substring("http".length()));
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    private static Script answersAll(String response) {
        return (peer, number) -> peer.answerAll(response);
    }

    private static Script answersOnce(String response) {
        return (peer, number) -> peer.answerOnce(response);
    }

    private static Script sendsAndCloses(String response) {
        return (peer, number) -> {
            peer.readHead();
            peer.send(response);
            peer.close();
        };
    }

    private static String ok(String body) {
        return sized(body.length(), body);
    }

    private static String sized(int length, String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(length, body);
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| [^|]+ \\| `.*"))
                .map(Row::of);
    }

    @FunctionalInterface
    private interface Behaviour {
        Seen meet() throws Exception;
    }

    /** A row of the page. */
    private record Row(String peer, Set<String> outcomes, int requests, String connection) {

        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            return new Row(
                    cells[1].strip(),
                    Set.of(cells[2].strip().replace("`", "").split(" or ")),
                    Integer.parseInt(cells[3].strip()),
                    cells[4].strip());
        }

        @Override
        public String toString() {
            return peer;
        }
    }

    /** What one attempt came to. */
    private record Seen(Reply reply, int requests, String connection) {

        String outcome() {
            if (reply instanceof Reply.Answered answered) {
                int status = answered.response().status();
                return status < 300
                        ? "success"
                        : (status >= 500
                                        ? FailureKind.SERVER_ERROR
                                        : status == 429 ? FailureKind.THROTTLED : FailureKind.REJECTED)
                                .tag();
            }
            if (reply instanceof Reply.NotConnected) {
                return FailureKind.CONNECTION_FAILED.tag();
            }
            if (reply instanceof Reply.Lost) {
                return FailureKind.CONNECTION_LOST.tag();
            }
            if (reply instanceof Reply.Expired) {
                return FailureKind.TIMED_OUT.tag();
            }
            if (reply instanceof Reply.Garbled) {
                return FailureKind.BAD_RESPONSE.tag();
            }
            return reply instanceof Reply.Cancelled ? FailureKind.CANCELLED.tag() : FailureKind.BULKHEAD_FULL.tag();
        }

        String body() {
            return ((Reply.Answered) reply).response().text();
        }
    }
}

package dev.stabilitylab.lab.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AsyncHttpIT {

    private final AsyncHttp http = new AsyncHttp("test-http", 2, 100);

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void sendsARequestOnceWhenANewConnectionIsDropped() throws Exception {
        try (RawServer server = RawServer.talking((socket, requests) -> requests.await())) {

            assertThatThrownBy(get(server)::join).hasCauseInstanceOf(IOException.class);

            assertThat(server.requests()).isEqualTo(1);
            assertThat(server.sockets()).hasSize(1);
        }
    }

    @Test
    void sendsARequestOnceWhenAUsedConnectionIsDropped() throws Exception {
        try (RawServer server = RawServer.talking((socket, requests) -> {
            requests.await();
            socket.getOutputStream().write(RawServer.answer(200, "one"));
            requests.await();
        })) {
            assertThat(get(server).join().body()).isEqualTo(new Body("one", false));

            assertThatThrownBy(get(server)::join).hasCauseInstanceOf(IOException.class);

            assertThat(server.requests()).isEqualTo(2);
            assertThat(server.sockets()).hasSize(1);
        }
    }

    @Test
    void doesNotFollowRedirects() throws Exception {
        try (RawServer server = RawServer.talking((socket, requests) -> {
            requests.await();
            socket.getOutputStream().write(RawServer.answer(302, "", "Location: /elsewhere"));
            requests.await();
        })) {
            assertThat(get(server).join().statusCode()).isEqualTo(302);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void closesTheConnectionOfACancelledRequest() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (RawServer server = RawServer.talking((socket, requests) -> {
            requests.await();
            asked.countDown();
            closeSeen(requests, closed);
        })) {
            CompletableFuture<HttpResponse<Body>> call = get(server);
            asked.await();

            call.cancel(true);

            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closesTheConnectionOfARequestCancelledInTheMiddleOfItsBody() throws Exception {
        CountDownLatch halfway = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (RawServer server = RawServer.talking((socket, requests) -> {
            requests.await();
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
            halfway.countDown();
            closeSeen(requests, closed);
        })) {
            CompletableFuture<HttpResponse<Body>> call = get(server);
            halfway.await();

            call.cancel(true);

            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void readsABodyUpToItsLimitAndClosesTheConnection() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        try (RawServer server = RawServer.talking((socket, requests) -> {
            requests.await();
            OutputStream out = socket.getOutputStream();
            try {
                out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write("0123456789".getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                refused.countDown();
            }
        })) {
            Body body = get(server).join().body();

            assertThat(body.truncated()).isTrue();
            assertThat(body.text()).hasSize(100).startsWith("01234567890123");
            assertThat(refused.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void leavesNoThreadsAndNoConnectionsWhenClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (RawServer server = RawServer.talking((socket, requests) -> {
            requests.await();
            socket.getOutputStream().write(RawServer.answer(200, "one"));
            closeSeen(requests, closed);
        })) {
            AsyncHttp closing = new AsyncHttp("closing-http", 2, 100);
            closing.send(HttpRequest.newBuilder(server.uri()).build()).join();
            int threads = httpClientThreads();

            closing.close();

            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(httpClientThreads()).isLessThan(threads);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("closing-http"));
        }
    }

    @Test
    void failsRequestsOnceItIsClosed() throws Exception {
        try (RawServer server = RawServer.hanging()) {
            http.close();

            assertThat(get(server)).isCompletedExceptionally();
        }
    }

    private CompletableFuture<HttpResponse<Body>> get(RawServer server) {
        return http.send(HttpRequest.newBuilder(server.uri()).build());
    }

    private static void closeSeen(RawServer.Requests requests, CountDownLatch closed) {
        try {
            if (requests.await() == null) {
                closed.countDown();
            }
        } catch (IOException e) {
            // Reset is closed, too.
            closed.countDown();
        }
    }

    private static int httpClientThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("SelectorManager"))
                .count();
    }
}

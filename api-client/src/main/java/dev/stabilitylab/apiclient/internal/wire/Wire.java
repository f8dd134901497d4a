package dev.stabilitylab.apiclient.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Attempts on the wire to one upstream. One attempt is one request: nothing is repeated, redirected or decoded below this
 * class. The time limit covers everything from waiting for a connection to the last byte of the body: a timer closes the
 * connection under an attempt that is late, since a socket's own timeout starts anew with every byte.
 */
public final class Wire implements AutoCloseable {

    private final ConnectionPool pool;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService timer;
    private final int maxBytes;

    /**
     * A wire without connections yet.
     *
     * @param maxConnections open at once
     * @param maxBytes longest body that is accepted
     * @param timer closes what is late; see {@link #newTimer()}
     */
    public Wire(int maxConnections, int maxBytes, Duration connectTimeout, ScheduledExecutorService timer) {
        this.pool = new ConnectionPool(maxConnections, connectTimeout);
        this.client = pool.newClient();
        this.maxBytes = maxBytes;
        this.timer = timer;
    }

    /** A timer that several wires can share: one daemon thread that forgets at once what is cancelled. */
    public static ScheduledExecutorService newTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "api-client-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** From now on, connections must come about within this time. */
    public void connectWithin(Duration timeout) {
        pool.connectWithin(timeout);
    }

    /** The connections as they are now. */
    public ConnectionCounts connections() {
        return pool.counts();
    }

    /**
     * Sends once and reads the whole answer, on the calling thread.
     *
     * @param limit after which {@link Reply.Expired} is returned
     */
    public Reply send(Exchange exchange, Duration limit) {
        HttpUriRequestBase request = toRequest(exchange, limit);
        Expiry expiry = new Expiry(request);
        ScheduledFuture<?> alarm;
        try {
            alarm = timer.schedule(expiry, limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return new Reply.Broken(new IOException("the gateway is closed", closed));
        }
        try {
            Reply reply = exchange(request);
            boolean cut = reply instanceof Reply.Broken || reply instanceof Reply.Garbled;
            return cut && expiry.hasStruck() ? new Reply.Expired() : reply;
        } finally {
            alarm.cancel(false);
        }
    }

    private Reply exchange(HttpUriRequestBase request) {
        try (ClassicHttpResponse response = client.executeOpen(HttpHost.create(request.getUri()), request, null)) {
            return read(response, request);
        } catch (ConnectionRequestTimeoutException | CancellationException crowded) {
            // Which of the two depends on whether the pool or our timer was first.
            return new Reply.Crowded(pool.maxConnections());
        } catch (MessageConstraintException | MalformedChunkCodingException garbled) {
            return new Reply.Garbled("not HTTP (" + garbled.getMessage() + ")");
        } catch (IOException broken) {
            return broken.getCause() instanceof HttpException cause
                    ? new Reply.Garbled("not HTTP (" + cause.getMessage() + ")")
                    : new Reply.Broken(broken);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Reply read(ClassicHttpResponse response, HttpUriRequestBase request) throws IOException {
        byte[] body = new byte[0];
        if (response.getEntity() != null) {
            try (InputStream content = response.getEntity().getContent()) {
                body = content.readNBytes(maxBytes + 1);
                if (body.length > maxBytes) {
                    // Closed before the stream is, which would read on to the end of the body.
                    request.abort();
                    return new Reply.Garbled("its body is longer than %d bytes".formatted(maxBytes));
                }
            }
        }
        return new Reply.Answer(response.getCode(), retryAfter(response), body);
    }

    private static Duration retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        return header != null && header.getValue().matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(header.getValue()))
                : Duration.ZERO;
    }

    private static HttpUriRequestBase toRequest(Exchange exchange, Duration limit) {
        HttpUriRequestBase request = new HttpUriRequestBase(exchange.method(), exchange.uri());
        exchange.headers().forEach(header -> request.addHeader(header.getKey(), header.getValue()));
        request.setHeader("Accept", "application/json");
        if (exchange.json() != null) {
            request.setEntity(new ByteArrayEntity(exchange.json(), ContentType.APPLICATION_JSON));
        }
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.ofMilliseconds(Math.max(1, limit.toMillis())))
                .build());
        return request;
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /** Closes the connection under a request when its time is over. */
    private static final class Expiry implements Runnable {

        private final HttpUriRequestBase request;
        private volatile boolean struck;

        Expiry(HttpUriRequestBase request) {
            this.request = request;
        }

        boolean hasStruck() {
            return struck;
        }

        @Override
        public void run() {
            struck = true;
            request.abort();
        }
    }
}

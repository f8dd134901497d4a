package dev.stabilitylab.apiclient.internal.wire;

import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.internal.core.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts on the wire to one upstream. One attempt is one request: nothing is repeated, redirected or decoded below this class. It runs on
 * the calling thread from beginning to end, so there is exactly one reply, and what was taken is given back in one place. The time limit
 * covers everything: waiting for a connection, the look-up of the name, connecting, the TLS handshake, head and body, in both directions.
 */
public final class Wire implements Transport, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    private final Target target;
    private final Limits limits;
    private final ConnectionPool pool;
    private final Addresses addresses;
    private final @Nullable SSLSocketFactory tls;

    /** A wire without connections yet. */
    public Wire(URI baseUrl, Limits limits) {
        this(baseUrl, limits, InetAddress::getAllByName, defaultTls(baseUrl));
    }

    /** The name service and whom to trust are passed in for tests: the JVM has one of each, and chooses it once. */
    Wire(URI baseUrl, Limits limits, Addresses.Resolver resolver, @Nullable SSLSocketFactory tls) {
        this.target = Target.of(baseUrl);
        this.limits = limits;
        this.pool = new ConnectionPool(
                limits.maxConnections(),
                limits.timeToLive().toNanos(),
                limits.idleTimeout().toNanos());
        this.addresses = new Addresses(target.host(), resolver);
        this.tls = tls;
    }

    // Reading the trust store takes a good part of a second: at the start, and only where it is needed.
    private static @Nullable SSLSocketFactory defaultTls(URI baseUrl) {
        return "https".equalsIgnoreCase(baseUrl.getScheme()) ? (SSLSocketFactory) SSLSocketFactory.getDefault() : null;
    }

    /**
     * Sends once and reads the whole response. What an interrupt of the thread ends is {@link Reply.Cancelled}, and the flag stays set.
     *
     * @param expiresAt when the attempt must have ended, in nanoseconds as of {@link System#nanoTime()}
     */
    @Override
    public Reply send(Request request, Duration connectTimeout, long expiresAt) {
        long start = System.nanoTime();
        try {
            // Half of the time at most: under overload, connections are then not spent on requests that can no
            // longer be answered, and a timeout is always the upstream's.
            if (!pool.acquire(Math.max(0, expiresAt - start) / 2)) {
                return new Reply.NoConnectionFree(pool.max());
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return new Reply.Cancelled();
        }
        Attempt attempt = new Attempt(System.nanoTime(), expiresAt);
        try {
            return attempt.run(request, connectTimeout);
        } finally {
            pool.release(attempt.connection, System.nanoTime());
        }
    }

    /** The connections as they are now. */
    public ConnectionCounts connections() {
        return pool.counts();
    }

    /** Closes connections that are older, or have rested longer, than they may. To be called now and then. */
    public void evict() {
        pool.evict(System.nanoTime());
    }

    /** Closes every connection. Attempts in flight end at once with a reply, and so do later ones. */
    @Override
    public void close() {
        pool.close();
        addresses.close();
    }

    private ClassicHttpRequest message(Request request, long expiresAt) {
        BasicClassicHttpRequest message =
                new BasicClassicHttpRequest(request.method(), target.basePath() + request.path());
        message.addHeader(HttpHeaders.HOST, target.authority());
        for (Map.Entry<String, String> header : request.headers()) {
            message.addHeader(header.getKey(), header.getValue());
        }
        if (!request.hasHeader(HttpHeaders.ACCEPT)) {
            message.addHeader(HttpHeaders.ACCEPT, "application/json, application/problem+json");
        }
        if (!request.hasHeader(HttpHeaders.USER_AGENT)) {
            message.addHeader(HttpHeaders.USER_AGENT, "api-client");
        }
        long remaining = TimeUnit.NANOSECONDS.toMillis(expiresAt - System.nanoTime());
        message.addHeader(Deadline.HEADER, Long.toString(Math.max(1, Math.min(remaining, Deadline.MAX_MILLIS))));
        if (request.json() != null) {
            message.addHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(request.json().length));
            if (!request.hasHeader(HttpHeaders.CONTENT_TYPE)) {
                message.addHeader(HttpHeaders.CONTENT_TYPE, ContentType.APPLICATION_JSON.getMimeType());
            }
            message.setEntity(new ByteArrayEntity(request.json(), ContentType.APPLICATION_JSON));
        } else if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            message.addHeader(HttpHeaders.CONTENT_LENGTH, "0");
        }
        return message;
    }

    /** One attempt that has a permit of the pool. */
    private final class Attempt {

        private final long permitted;
        private final long expiresAt;
        private @Nullable Connection connection;
        private boolean sending;

        Attempt(long permitted, long expiresAt) {
            this.permitted = permitted;
            this.expiresAt = expiresAt;
        }

        Reply run(Request request, Duration connectTimeout) {
            try {
                Connection own = pool.reuse(permitted);
                if (own == null) {
                    own = connect(permitted + connectTimeout.toNanos());
                }
                connection = own;
                ClassicHttpRequest message = message(request, expiresAt);
                sending = true;
                return new Reply.Answered(own.exchange(message, expiresAt, limits.maxResponseBytes()));
            } catch (TruncatedChunkException cut) {
                return ended(cut);
            } catch (MalformedChunkCodingException garbled) {
                return garbled(garbled);
            } catch (HttpException | MessageConstraintException garbled) {
                return connection != null && connection.hasEnded()
                        ? ended(new IOException("the response ends in the middle", garbled))
                        : garbled(garbled);
            } catch (IOException broken) {
                return ended(broken);
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
                return new Reply.Cancelled();
            } catch (RuntimeException unforeseen) {
                LOG.warn("An exchange with {} failed in a way that was not foreseen", target.authority(), unforeseen);
                return ended(new IOException("the response could not be read", unforeseen));
            }
        }

        // Every address gets its share of the time, so that one that does not answer leaves some for the next.
        private Connection connect(long connectBy) throws IOException, InterruptedException {
            long until = connectBy - expiresAt < 0 ? connectBy : expiresAt;
            List<InetAddress> found = addresses.lookUp(until);
            IOException last = new UnknownHostException("the name " + target.host() + " has no address");
            for (int i = 0; i < found.size() && !Thread.currentThread().isInterrupted(); i++) {
                long now = System.nanoTime();
                long share = (until - now) / (found.size() - i);
                try {
                    return connect(new InetSocketAddress(found.get(i), target.port()), now, now + share);
                } catch (IOException refused) {
                    last = refused;
                }
            }
            throw last;
        }

        private Connection connect(InetSocketAddress address, long now, long until) throws IOException {
            Connection opened = Connection.create(now);
            boolean connected = false;
            try {
                pool.add(opened);
                opened.connect(address, target, tls, until);
                connected = true;
                return opened;
            } finally {
                if (!connected) {
                    pool.discard(opened);
                }
            }
        }

        private static Reply garbled(Exception cause) {
            return new Reply.Garbled("not HTTP as allowed here (" + cause.getMessage() + ")");
        }

        private Reply ended(IOException cause) {
            if (Thread.currentThread().isInterrupted()) {
                return new Reply.Cancelled();
            }
            if (System.nanoTime() - expiresAt >= 0) {
                return new Reply.Expired();
            }
            IOException reason = pool.isClosed() ? new IOException("the client is closed", cause) : cause;
            return sending ? new Reply.Lost(reason) : new Reply.NotConnected(reason);
        }
    }

    /**
     * What an upstream may take of this service.
     *
     * @param maxConnections in use at once; at least 1
     * @param maxResponseBytes longest body that is accepted
     * @param timeToLive of a connection, after which it is closed, so that the name is looked up again
     * @param idleTimeout how long a connection is kept that nobody uses
     */
    public record Limits(int maxConnections, int maxResponseBytes, Duration timeToLive, Duration idleTimeout) {}
}

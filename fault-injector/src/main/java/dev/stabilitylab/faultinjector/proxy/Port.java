package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.toxic.AcceptToxic;
import io.netty.channel.socket.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a proxy listens, or refuses to, and the connections that come through there. Guarded by the proxy's lock, except for
 * {@link #settings}.
 */
final class Port {

    /** How long an upstream has to answer, with all addresses of its name. */
    private static final long CONNECT_LIMIT_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(Port.class);

    private final Shared shared;
    private final ProxyCounts counts;
    private final Supplier<List<AppliedToxic>> toxics;
    private final Function<String, ToxicTally> tallies;
    private final AtomicLong connectionCount = new AtomicLong();
    private volatile ProxySettings settings;
    private @Nullable Listener listener;

    /**
     * Refuses, whatever the settings say, until it is {@link #set}.
     *
     * @param toxics what connections are to have at this moment
     * @param tallies counts what the toxic of a name does
     */
    Port(
            Shared shared,
            ProxySettings settings,
            ProxyCounts counts,
            Supplier<List<AppliedToxic>> toxics,
            Function<String, ToxicTally> tallies) {
        this.shared = shared;
        this.settings = settings.withEnabled(false);
        this.counts = counts;
        this.toxics = toxics;
        this.tallies = tallies;
    }

    /** The settings as they are; where any free port was asked for, the one that was found. */
    ProxySettings settings() {
        return settings;
    }

    /** Whether these addresses are the ones that it has; {@code localhost:8000} is where {@code 127.0.0.1:8000} is. */
    boolean isAt(ProxySettings other) {
        return settings.upstream().equals(other.upstream()) && settings.listen().isAt(other.listen());
    }

    /**
     * Listens where the settings say, or refuses. Unless it listens there already, its connections are cut with a TCP reset.
     *
     * @throws RefusedException when it cannot listen; then it is where it was
     */
    void set(ProxySettings wanted) {
        if (!settings.enabled() || !wanted.enabled() || !isAt(wanted)) {
            move(wanted);
        }
    }

    private void move(ProxySettings wanted) {
        ProxySettings before = settings;
        refuse();
        if (!isAt(wanted)) {
            counts.addressesChanged();
        }
        settings = wanted.withEnabled(false);
        if (wanted.enabled()) {
            try {
                listen(wanted);
            } catch (RefusedException e) {
                settings = before.withEnabled(false);
                if (before.enabled()) {
                    listen(before);
                }
                throw e;
            }
        }
    }

    private void listen(ProxySettings wanted) {
        Dialer dialer =
                new Dialer(shared.loops().transport(), wanted.upstream(), shared.resolver(), CONNECT_LIMIT_MILLIS);
        Listener opened = new Listener(shared.loops(), wanted, limit(), client -> connection(client, dialer));
        listener = opened;
        settings = wanted.withListen(ListenAddress.of(opened.address())).withEnabled(true);
        log.info("{}: listening at {}, upstream {}", wanted.name(), settings.listen(), wanted.upstream());
    }

    /** How many connections may be open, by the strictest of the toxics. */
    private long limit() {
        return toxics.get().stream()
                .map(AppliedToxic::toxic)
                .filter(AcceptToxic.class::isInstance)
                .mapToLong(toxic -> ((AcceptToxic) toxic).connections())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private Connection connection(SocketChannel client, Dialer dialer) {
        long number = connectionCount.incrementAndGet();
        counts.connectionAccepted();
        ConnectionRandom random = new ConnectionRandom(shared.seed(), settings.name(), number);
        return new Connection(client, dialer, toxics, random, counts, tallies, number);
    }

    private void refuse() {
        if (listener != null) {
            int cut = listener.connectionCount();
            listener.close();
            listener = null;
            counts.connectionsCut(cut);
            log.info("{}: refusing at {}, {} connections cut", settings.name(), settings.listen(), cut);
        }
    }

    /** Returns when all connections have the toxics that they are to have now. */
    void refreshConnections() {
        if (listener != null) {
            listener.limit(limit());
            listener.forEachConnection(Connection::refreshToxics);
            shared.loops().settle();
        }
    }

    /** Open connections at this moment. */
    int openConnections() {
        return listener == null ? 0 : listener.connectionCount();
    }

    /** Refuses from now on, and cuts the connections. */
    void close() {
        refuse();
        settings = settings.withEnabled(false);
    }
}

package dev.stabilitylab.faultinjector.proxy;

import io.netty.channel.socket.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port in front of an upstream, with the toxics on it. A change returns when it is in effect, on open connections too. */
public final class Proxy {

    /** How long an upstream has to answer, with all addresses of its name. */
    private static final long CONNECT_LIMIT_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(Proxy.class);

    private final Shared shared;
    private final AtomicLong connectionCount = new AtomicLong();
    private final Toxics toxics;
    private final Ending outage;
    private volatile ProxySettings settings;
    private @Nullable Listener listener;
    private @Nullable String problem;

    /** Listens at once when the settings say so; otherwise the port refuses. */
    Proxy(Shared shared, WantedProxy wanted) {
        this.shared = shared;
        this.settings = wanted.settings().withEnabled(false);
        this.toxics = new Toxics(settings.name(), shared.changes(), this, this::refreshConnections);
        this.outage = new Ending(shared.changes(), this, this::endOutage);
        if (wanted.settings().enabled()) {
            listen(wanted.settings());
        }
        limitOutage(wanted.outage());
    }

    /** The settings as they are; where any free port was asked for, the one that was found. */
    public ProxySettings settings() {
        return settings;
    }

    /** Milliseconds until the proxy is enabled again by itself, if it is to be. */
    public synchronized OptionalLong ttlMillis() {
        return outage.remainingMillis();
    }

    /** Why the proxy is disabled though the time for which it was to be is over; until its settings are changed. */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * Changes the settings. When the addresses change, or the proxy is disabled, its connections are cut with a TCP reset.
     *
     * @throws RefusedException when it cannot listen; then everything is as it was
     */
    synchronized void update(WantedProxy wanted) {
        ProxySettings next = wanted.settings();
        if (!settings.enabled() || !next.enabled() || !hasSameAddresses(next)) {
            move(next);
        }
        limitOutage(wanted.outage());
        problem = null;
    }

    /** {@code localhost:8000} is where {@code 127.0.0.1:8000} is. */
    private boolean hasSameAddresses(ProxySettings next) {
        return settings.upstream().equals(next.upstream())
                && (settings.listen().equals(next.listen())
                        || settings.listen().equals(next.listen().resolved()));
    }

    /** Whether a proxy with those addresses would be in the same place as this one. */
    synchronized boolean isAt(ProxySettings other) {
        return hasSameAddresses(other);
    }

    private void limitOutage(Lifetime lifetime) {
        outage.set(lifetime);
        if (!lifetime.isLasting()) {
            log.info("{}: disabled{}", settings.name(), lifetime.remark());
        }
    }

    private void move(ProxySettings wanted) {
        ProxySettings before = settings;
        refuse();
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

    private void endOutage() {
        log.info("{}: to be enabled again, since the time for which it was disabled is over", settings.name());
        try {
            update(WantedProxy.lasting(settings.withEnabled(true)));
        } catch (RefusedException e) {
            problem = "still disabled, though the time for that is over: " + e.getMessage();
            log.error("{}: {}", settings.name(), problem);
        }
    }

    /** The toxics in the order in which they were added. */
    public List<AppliedToxic> toxics() {
        return toxics.all();
    }

    /** The toxic of that name. */
    public synchronized AppliedToxic toxic(String name) {
        return toxics.get(name);
    }

    /** Milliseconds until the toxic of that name is taken off by itself, if it is to be. */
    public synchronized OptionalLong ttlMillis(String toxic) {
        return toxics.ttlMillis(toxic);
    }

    /** Refuses a name that one of its toxics has. */
    public synchronized void requireFree(String toxic) {
        toxics.requireFree(toxic);
    }

    /** Adds a toxic, behind those that are there. */
    public synchronized void add(AppliedToxic toxic, Lifetime lifetime) {
        toxics.add(toxic, lifetime);
    }

    /** Gives the toxic of that name other settings, at its place in the order, and another lifetime, which begins now. */
    public synchronized void change(AppliedToxic toxic, Lifetime lifetime) {
        toxics.change(toxic, lifetime);
    }

    /** Takes the toxic of that name off. */
    public synchronized void removeToxic(String name) {
        toxics.remove(name);
    }

    synchronized void removeToxics() {
        toxics.removeAll();
    }

    /** Takes all toxics off and listens. */
    synchronized void reset() {
        toxics.removeAll();
        update(WantedProxy.lasting(settings.withEnabled(true)));
    }

    private void refreshConnections() {
        if (listener != null) {
            listener.forEachConnection(Connection::refreshToxics);
            shared.loops().settle();
        }
    }

    private void listen(ProxySettings wanted) {
        Dialer dialer =
                new Dialer(shared.loops().transport(), wanted.upstream(), shared.resolver(), CONNECT_LIMIT_MILLIS);
        Listener opened = new Listener(shared.loops(), wanted, client -> connection(client, dialer));
        listener = opened;
        settings = wanted.withListen(opened.address()).withEnabled(true);
        log.info("{}: listening at {}, upstream {}", wanted.name(), settings.listen(), wanted.upstream());
    }

    private Connection connection(SocketChannel client, Dialer dialer) {
        long number = connectionCount.incrementAndGet();
        ConnectionRandom random = new ConnectionRandom(shared.seed(), settings.name(), number);
        return new Connection(client, dialer, this::toxics, random);
    }

    /** Stops listening and cuts the connections. */
    private void refuse() {
        if (listener != null) {
            int cut = listener.connectionCount();
            listener.close();
            listener = null;
            log.info("{}: refusing at {}, {} connections cut", settings.name(), settings.listen(), cut);
        }
    }

    /** Open connections at this moment. */
    synchronized int openConnections() {
        return listener == null ? 0 : listener.connectionCount();
    }

    synchronized void close() {
        toxics.stopEndings();
        outage.cancel();
        refuse();
        settings = settings.withEnabled(false);
    }
}

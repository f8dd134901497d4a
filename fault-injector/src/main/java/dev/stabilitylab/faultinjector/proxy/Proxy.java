package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import io.netty.channel.socket.SocketChannel;
import java.util.List;
import java.util.Optional;
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
    private final ProxyCounts counts = new ProxyCounts();
    private final Toxics toxics;
    private final Course outage;
    private volatile ProxySettings settings;
    private @Nullable Listener listener;
    private @Nullable String problem;
    private long changeCount;

    /** Listens at once when the settings say so; otherwise the port refuses. */
    Proxy(Shared shared, WantedProxy wanted) {
        this.shared = shared;
        this.settings = wanted.settings().withEnabled(false);
        this.toxics = new Toxics(settings.name(), shared.changes(), this, this::refreshConnections, this::announce);
        this.outage = new Course(shared.changes(), this, this::beginOutage, this::endOutage);
        if (wanted.settings().enabled() || wanted.outage().isDelayed()) {
            listen(wanted.settings());
        }
        limitOutage(wanted.outage());
    }

    /** The settings as they are; where any free port was asked for, the one that was found. */
    public ProxySettings settings() {
        return settings;
    }

    /** What is left of the time until the proxy is disabled, and until it is enabled again by itself. */
    public synchronized Lifetime outage() {
        return outage.remaining();
    }

    /** Why the proxy is disabled though the time for which it was to be is over; until its settings are changed. */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * Changes the settings. When the addresses change, or the proxy is disabled, its connections are cut with a TCP reset. An outage
     * that is delayed leaves it enabled, or disabled, as it is; the addresses change now.
     *
     * @throws RefusedException when it cannot listen; then everything is as it was
     */
    synchronized void update(WantedProxy wanted) {
        ProxySettings before = settings;
        boolean timed = problem != null
                || !outage.remaining().equals(Lifetime.LASTING)
                || !wanted.outage().equals(Lifetime.LASTING);
        boolean done = false;
        try {
            change(wanted);
            done = true;
        } finally {
            shared.announcer().announceSettings(before, this, done && timed);
        }
    }

    private void change(WantedProxy wanted) {
        ProxySettings next =
                wanted.outage().isDelayed() ? wanted.settings().withEnabled(settings.enabled()) : wanted.settings();
        if (!settings.enabled() || !next.enabled() || !hasSameAddresses(next)) {
            move(next);
        }
        limitOutage(wanted.outage());
        problem = null;
        changeCount++;
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
        if (!lifetime.equals(Lifetime.LASTING)) {
            log.info("{}: disabled{}", settings.name(), lifetime.remark());
        }
    }

    private void move(ProxySettings wanted) {
        ProxySettings before = settings;
        refuse();
        if (!hasSameAddresses(wanted)) {
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

    private void beginOutage() {
        log.info("{}: to be disabled, since the delay is over", settings.name());
        move(settings.withEnabled(false));
    }

    private void endOutage() {
        log.info("{}: to be enabled again, since the time for which it was disabled is over", settings.name());
        try {
            update(WantedProxy.lasting(settings.withEnabled(true)));
        } catch (RefusedException e) {
            problem = "still disabled, though the time for that is over: " + e.getMessage();
            log.error("{}: {}", settings.name(), problem);
            shared.announcer().announce(Kind.PROXY_CHANGED, this);
        }
    }

    /** Which change of the settings was the last one; a beginning or an end by itself is none. */
    synchronized long changeCount() {
        return changeCount;
    }

    /** The toxics in the order in which they were added; also those that have not begun yet. */
    public List<AppliedToxic> toxics() {
        return toxics.all();
    }

    /** Those of them that have begun, as they are at this moment. */
    public List<AppliedToxic> toxicsInEffect() {
        return toxics.inEffect();
    }

    /** The toxic of that name. */
    public synchronized AppliedToxic toxic(String name) {
        return toxics.get(name);
    }

    /** What is left of the time until the toxic of that name begins, and until it is taken off by itself. */
    public synchronized Lifetime lifetime(String toxic) {
        return toxics.remaining(toxic);
    }

    /** Refuses a name that one of its toxics has. */
    public synchronized void requireFree(String toxic) {
        toxics.requireFree(toxic);
    }

    /** Adds a toxic, behind those that are there. */
    public synchronized Fault add(AppliedToxic toxic, Lifetime lifetime) {
        return toxics.add(toxic, lifetime);
    }

    /** Gives the toxic of that name other settings, at its place in the order, and another lifetime, which counts from now. */
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

    private void announce(Kind kind, AppliedToxic toxic, Lifetime remaining) {
        shared.announcer().announce(kind, this, toxic, remaining);
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
        counts.connectionAccepted();
        ConnectionRandom random = new ConnectionRandom(shared.seed(), settings.name(), number);
        return new Connection(client, dialer, toxics::inEffect, random, counts);
    }

    /** Stops listening and cuts the connections. */
    private void refuse() {
        if (listener != null) {
            int cut = listener.connectionCount();
            listener.close();
            listener = null;
            counts.connectionsCut(cut);
            log.info("{}: refusing at {}, {} connections cut", settings.name(), settings.listen(), cut);
        }
    }

    /** What happened to its connections since it was added. */
    public ProxyCounts counts() {
        return counts;
    }

    /** Open connections at this moment. */
    public synchronized int openConnections() {
        return listener == null ? 0 : listener.connectionCount();
    }

    synchronized void close() {
        toxics.cancelTimes();
        outage.cancel();
        refuse();
        settings = settings.withEnabled(false);
    }
}

package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port in front of an upstream, with the toxics on it. A change returns when it is in effect, on open connections too. */
public final class Proxy {

    private static final Logger log = LoggerFactory.getLogger(Proxy.class);

    private final Shared shared;
    private final Announcer announcer;
    private final ProxyCounts counts = new ProxyCounts();
    private final Toxics toxics;
    /** When it is disabled, and enabled again, by itself. */
    private final FaultTimer outage;

    private volatile ProxySettings settings;
    private @Nullable Listener listener;
    private @Nullable String problem;
    private long changeCount;

    /** Listens at once when the settings say so; otherwise the port refuses. */
    Proxy(Shared shared, WantedProxy wanted) {
        this.shared = shared;
        announcer = shared.announcer();
        settings = wanted.settings().withEnabled(false);
        toxics = new Toxics(
                settings.name(),
                shared.changes(),
                this,
                this::refreshToxics,
                (kind, toxic, remaining) -> announcer.announce(kind, this, toxic, remaining),
                announcer::announce);
        outage = new FaultTimer(shared.changes(), this, this::beginOutage, this::endOutage);
        // Before it listens, so that the first connection has them.
        wanted.toxics().forEach(one -> {
            Fault unused = toxics.add(one.toxic(), one.lifetime());
        });
        move(wanted.settings()
                .withEnabled(wanted.settings().enabled() || wanted.outage().isDelayed()));
        setOutage(wanted.outage());
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

    public Toxics toxics() {
        return toxics;
    }

    public ProxyCounts counts() {
        return counts;
    }

    public synchronized int openConnections() {
        return listener == null ? 0 : listener.connectionCount();
    }

    /** Whether these addresses are the ones that it has; {@code localhost:8000} is where {@code 127.0.0.1:8000} is. */
    synchronized boolean isAt(ProxySettings other) {
        return settings.upstream().equals(other.upstream()) && settings.listen().isAt(other.listen());
    }

    /** Which change of the settings was the last one; a beginning by itself is none. */
    synchronized long changeCount() {
        return changeCount;
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
            set(wanted.outage().isDelayed() ? wanted.settings().withEnabled(before.enabled()) : wanted.settings());
            setOutage(wanted.outage());
            changeCount++;
            done = true;
        } finally {
            announceChange(before, done && timed);
        }
    }

    /** Says what became of the settings, if anything did, or if something changed that is not among them. */
    private void announceChange(ProxySettings before, boolean other) {
        if (before.enabled() != settings.enabled()) {
            announcer.announce(settings.enabled() ? Kind.PROXY_ENABLED : Kind.PROXY_DISABLED, this);
        } else if (other || !before.equals(settings)) {
            announcer.announce(Kind.PROXY_CHANGED, this);
        }
    }

    synchronized void reset(Map<String, Resolution> found) {
        toxics.removeAll();
        update(WantedProxy.lasting(settings.withEnabled(true)).with(found));
    }

    /** Refuses from now on, and cuts the connections. */
    synchronized void close() {
        toxics.cancelTimes();
        outage.cancel();
        refuse();
        settings = settings.withEnabled(false);
    }

    /** Listens where the settings say, or refuses. Unless it listens there already, its connections are cut with a TCP reset. */
    private void set(ProxySettings wanted) {
        if (!settings.enabled() || !wanted.enabled() || !isAt(wanted)) {
            move(wanted);
        }
    }

    private void move(ProxySettings wanted) {
        ProxySettings before = settings;
        refuse();
        if (!isAt(wanted)) {
            for (Direction direction : Direction.values()) {
                counts.stream(direction).addressesChanged();
            }
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
        listener = new Listener(shared, wanted, toxics, counts);
        settings = wanted.withListen(ListenAddress.of(listener.address())).withEnabled(true);
        log.info("{}: listening at {}, upstream {}", wanted.name(), settings.listen(), wanted.upstream());
    }

    private void refuse() {
        if (listener != null) {
            int cut = listener.close();
            listener = null;
            counts.cut.add(cut);
            log.info("{}: refusing at {}, {} connections cut", settings.name(), settings.listen(), cut);
        }
    }

    private void refreshToxics() {
        if (listener != null) {
            listener.refreshToxics();
        }
    }

    /** Without a delay the proxy is disabled already, if it is to be. */
    private void setOutage(Lifetime lifetime) {
        outage.set(lifetime);
        problem = null;
        if (!lifetime.equals(Lifetime.LASTING)) {
            log.info("{}: disabled{}", settings.name(), lifetime.remark());
        }
    }

    private void beginOutage() {
        ProxySettings before = settings;
        log.info("{}: to be disabled, since the delay is over", before.name());
        set(before.withEnabled(false));
        announceChange(before, true);
    }

    private void endOutage() {
        log.info("{}: to be enabled again, since the time for which it was disabled is over", settings.name());
        try {
            update(WantedProxy.lasting(settings.withEnabled(true)));
        } catch (RefusedException e) {
            problem = "still disabled, though the time for that is over: " + e.getMessage();
            log.error("{}: {}", settings.name(), problem);
            announcer.announce(Kind.PROXY_CHANGED, this);
        }
    }
}

package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import java.util.Map;
import java.util.Optional;

/** A port in front of an upstream, with the toxics on it. A change returns when it is in effect, on open connections too. */
public final class Proxy {

    private final Announcer announcer;
    private final ProxyCounts counts = new ProxyCounts();
    private final Toxics toxics;
    private final Port port;
    private final Outage outage;
    private long changeCount;

    /** Listens at once when the settings say so; otherwise the port refuses. */
    Proxy(Shared shared, WantedProxy wanted) {
        ProxySettings settings = wanted.settings();
        announcer = shared.announcer();
        toxics = new Toxics(
                settings.name(), shared.changes(), this, this::refreshConnections, this::announce, announcer::announce);
        port = new Port(shared, settings, counts, toxics::inEffect, toxics::tally);
        outage = new Outage(shared, this, port);
        // Before it listens, so that the first connection has them.
        wanted.toxics().forEach(one -> {
            Fault unused = toxics.add(one.toxic(), one.lifetime());
        });
        port.set(settings.withEnabled(settings.enabled() || wanted.outage().isDelayed()));
        outage.set(wanted.outage());
    }

    /** The settings as they are; where any free port was asked for, the one that was found. */
    public ProxySettings settings() {
        return port.settings();
    }

    /** What is left of the time until the proxy is disabled, and until it is enabled again by itself. */
    public synchronized Lifetime outage() {
        return outage.remaining();
    }

    /** Why the proxy is disabled though the time for which it was to be is over; until its settings are changed. */
    public synchronized Optional<String> problem() {
        return outage.problem();
    }

    /** The toxics on it. */
    public Toxics toxics() {
        return toxics;
    }

    /** What happened to its connections since it was added. */
    public ProxyCounts counts() {
        return counts;
    }

    /** Open connections at this moment. */
    public synchronized int openConnections() {
        return port.openConnections();
    }

    /** Whether a proxy with those addresses would be in the same place as this one. */
    synchronized boolean isAt(ProxySettings other) {
        return port.isAt(other);
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
        ProxySettings before = settings();
        boolean special = outage.isSpecial() || !wanted.outage().equals(Lifetime.LASTING);
        boolean done = false;
        try {
            port.set(wanted.outage().isDelayed() ? wanted.settings().withEnabled(before.enabled()) : wanted.settings());
            outage.set(wanted.outage());
            changeCount++;
            done = true;
        } finally {
            announcer.announceSettings(before, this, done && special);
        }
    }

    /** Takes all toxics off and listens. */
    synchronized void reset(Map<String, Resolution> found) {
        toxics.removeAll();
        update(WantedProxy.lasting(settings().withEnabled(true).with(found)));
    }

    synchronized void close() {
        toxics.cancelTimes();
        outage.cancel();
        port.close();
    }

    private void refreshConnections() {
        port.refreshConnections();
    }

    private void announce(Kind kind, AppliedToxic toxic, Lifetime remaining) {
        announcer.announce(kind, this, toxic, remaining);
    }
}

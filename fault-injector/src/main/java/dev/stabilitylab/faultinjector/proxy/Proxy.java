package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.RefusedException.Reason;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port in front of an upstream, with the toxics on it. A change returns when it is in effect, on open connections too. */
public final class Proxy {

    private static final Logger log = LoggerFactory.getLogger(Proxy.class);

    private final EventLoops loops;
    private final long seed;
    private final AtomicLong connectionCount = new AtomicLong();
    private volatile ProxySettings settings;
    private volatile List<AppliedToxic> toxics = List.of();
    private @Nullable Listener listener;

    /** Listens at once when the settings say so; otherwise the port refuses. */
    Proxy(EventLoops loops, long seed, ProxySettings settings) {
        this.loops = loops;
        this.seed = seed;
        this.settings = settings.withEnabled(false);
        if (settings.enabled()) {
            listen(settings);
        }
    }

    /** The settings as they are; where any free port was asked for, the one that was found. */
    public ProxySettings settings() {
        return settings;
    }

    /** The toxics in the order in which they were added. */
    public List<AppliedToxic> toxics() {
        return toxics;
    }

    /**
     * Changes the settings. When the addresses change, or the proxy is disabled, its connections are cut with a TCP reset.
     *
     * @throws RefusedException when it cannot listen; then everything is as it was
     */
    synchronized void update(ProxySettings wanted) {
        ProxySettings before = settings;
        if (before.enabled() && wanted.enabled() && before.hasSameAddresses(wanted)) {
            return;
        }
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

    /** Adds a toxic, behind those that are there. */
    public synchronized void add(AppliedToxic toxic) {
        if (indexOf(toxic.name()) >= 0) {
            throw new RefusedException(
                    Reason.CONFLICT, "toxic already exists: %s of %s".formatted(toxic.name(), settings.name()));
        }
        List<AppliedToxic> next = new ArrayList<>(toxics);
        next.add(toxic);
        apply(next);
        log.info("{}: toxic added: {}", settings.name(), toxic);
    }

    /** The toxic of that name. */
    public synchronized AppliedToxic toxic(String name) {
        return toxics.get(requireIndexOf(name));
    }

    /** Gives the toxic of that name other settings, at its place in the order. */
    public synchronized void change(AppliedToxic toxic) {
        List<AppliedToxic> next = new ArrayList<>(toxics);
        next.set(requireIndexOf(toxic.name()), toxic);
        apply(next);
        log.info("{}: toxic changed: {}", settings.name(), toxic);
    }

    /** Takes the toxic of that name off. */
    public synchronized void removeToxic(String name) {
        List<AppliedToxic> next = new ArrayList<>(toxics);
        next.remove(requireIndexOf(name));
        apply(next);
        log.info("{}: toxic removed: {}", settings.name(), name);
    }

    /** Takes all toxics off and listens. */
    synchronized void reset() {
        update(settings.withEnabled(true));
        if (!toxics.isEmpty()) {
            apply(List.of());
            log.info("{}: all toxics removed", settings.name());
        }
    }

    private int requireIndexOf(String name) {
        int index = indexOf(name);
        if (index < 0) {
            throw new RefusedException(Reason.NOT_FOUND, "toxic not found: %s of %s".formatted(name, settings.name()));
        }
        return index;
    }

    private int indexOf(String name) {
        return toxics.stream().map(AppliedToxic::name).toList().indexOf(name);
    }

    private void apply(List<AppliedToxic> next) {
        toxics = List.copyOf(next);
        if (listener != null) {
            listener.forEachConnection(Connection::refreshToxics);
            loops.settle();
        }
    }

    private void listen(ProxySettings wanted) {
        Listener opened = new Listener(loops, wanted, client -> connection(client, wanted));
        listener = opened;
        settings = wanted.withListen(wanted.listen().withPort(opened.port())).withEnabled(true);
        log.info("{}: listening at {}, upstream {}", wanted.name(), settings.listen(), wanted.upstream());
    }

    private Connection connection(SocketChannel client, ProxySettings of) {
        long number = connectionCount.incrementAndGet();
        return new Connection(client, of.upstream(), this::toxics, new ConnectionRandom(seed, of.name(), number));
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
        refuse();
        settings = settings.withEnabled(false);
    }
}

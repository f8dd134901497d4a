package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import dev.stabilitylab.faultinjector.proxy.RefusedException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All proxies, by name. One change at a time; each returns when it is in effect. */
public final class Proxies implements AutoCloseable {

    private final Shared shared;
    private final SortedMap<String, Proxy> byName = new TreeMap<>();

    /**
     * Starts without any proxy.
     *
     * @param lookup finds the addresses of upstreams, anew for every connection
     * @param seed of all that is random about toxics
     */
    public Proxies(EventLoops loops, Lookup lookup, long seed) {
        this(new Shared(loops, loops.changes(), new Resolver(lookup, loops.lookups()), seed));
    }

    Proxies(Shared shared) {
        this.shared = shared;
    }

    /** Tells {@code listener}, and nobody else any more, of all changes from now on. */
    public void onChange(ChangeListener listener) {
        shared.announcer().tell(listener);
    }

    /** All of them, sorted by name. */
    public synchronized List<Proxy> all() {
        return List.copyOf(byName.values());
    }

    /** The proxy of that name. */
    public synchronized Proxy get(String name) {
        Proxy proxy = byName.get(name);
        if (proxy == null) {
            throw new RefusedException(Reason.NOT_FOUND, "proxy not found: " + name);
        }
        return proxy;
    }

    /** Adds a proxy, which listens when this returns, unless it is disabled. */
    public synchronized Proxy add(WantedProxy wanted) {
        ProxySettings settings = wanted.settings();
        if (byName.containsKey(settings.name())) {
            throw new RefusedException(Reason.CONFLICT, "proxy already exists: " + settings.name());
        }
        requireFreeAddress(settings);
        Proxy proxy = new Proxy(shared, wanted);
        byName.put(settings.name(), proxy);
        shared.announcer().announce(Kind.PROXY_ADDED, proxy);
        return proxy;
    }

    /** Changes the settings of the proxy of that name; its toxics stay. */
    public synchronized Proxy update(WantedProxy wanted) {
        Proxy proxy = get(wanted.settings().name());
        requireFreeAddress(wanted.settings());
        proxy.update(wanted);
        return proxy;
    }

    /** Closes the proxy of that name, and forgets it. */
    public synchronized void remove(String name) {
        Proxy proxy = get(name);
        proxy.close();
        byName.remove(name);
        shared.announcer().announce(Kind.PROXY_REMOVED, proxy);
    }

    /**
     * Adds those that are missing, and brings the settings of the others in line. Everything is checked before anything is changed,
     * but whether ports are free.
     */
    public synchronized List<Proxy> populate(List<WantedProxy> wanted) {
        Set<String> names = new HashSet<>();
        for (WantedProxy one : wanted) {
            String name = one.settings().name();
            if (!names.add(name)) {
                throw new IllegalArgumentException("proxy %s is there twice".formatted(name));
            }
        }
        List<Proxy> populated = new ArrayList<>();
        for (WantedProxy one : wanted) {
            populated.add(byName.containsKey(one.settings().name()) ? update(one) : add(one));
        }
        return populated;
    }

    /**
     * Takes all toxics off, and enables all proxies; also those after one that cannot listen.
     *
     * @throws RefusedException the first one's, with the others suppressed
     */
    public synchronized void reset() {
        Cause.RESET.during(this::resetAll);
    }

    private void resetAll() {
        RefusedException first = null;
        for (Proxy proxy : byName.values()) {
            try {
                proxy.reset();
            } catch (RefusedException refused) {
                if (first == null) {
                    first = refused;
                } else {
                    first.addSuppressed(refused);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Connections through all proxies at this moment. */
    public synchronized int openConnections() {
        return byName.values().stream().mapToInt(Proxy::openConnections).sum();
    }

    private void requireFreeAddress(ProxySettings wanted) {
        Proxy other = findListening(wanted.listen());
        if (other != null && !other.settings().name().equals(wanted.name())) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "%s cannot listen at %s: that is the address of proxy %s"
                            .formatted(
                                    wanted.name(),
                                    wanted.listen(),
                                    other.settings().name()));
        }
    }

    private @Nullable Proxy findListening(Address address) {
        for (Proxy proxy : byName.values()) {
            if (address.port() != 0 && proxy.settings().listen().equals(address)) {
                return proxy;
            }
        }
        return null;
    }

    @Override
    public synchronized void close() {
        byName.values().forEach(Proxy::close);
    }
}

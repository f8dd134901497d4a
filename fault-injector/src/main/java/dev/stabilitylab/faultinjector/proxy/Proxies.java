package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import dev.stabilitylab.faultinjector.proxy.RefusedException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** All proxies, by name. One change at a time; each returns when it is in effect. */
public final class Proxies implements AutoCloseable {

    /** How many there may be; each costs a port, and a part of every answer about all of them. */
    static final int MAX = 1_000;

    /** How long the hosts may take at which proxies are to listen. */
    private static final long LOOKUP_LIMIT_MILLIS = 5_000;

    private final Shared shared;
    private final SortedMap<String, Proxy> byName = new TreeMap<>();
    private AllowedAddresses allowed;

    /**
     * Starts without any proxy.
     *
     * @param allowed where proxies may connect to
     * @param lookup finds the addresses of upstreams, anew for every connection
     * @param seed of all that is random about toxics
     */
    public Proxies(EventLoops loops, AllowedAddresses allowed, Lookup lookup, long seed) {
        this(allowed, new Shared(loops, loops.changes(), new Resolver(lookup, loops.lookups()), seed, new Announcer()));
    }

    Proxies(AllowedAddresses allowed, Shared shared) {
        this.allowed = allowed;
        this.shared = shared;
    }

    /** Looks up hosts to listen at, before the change that needs them. There at once for IP addresses, and within 5 s for names. */
    public CompletableFuture<Map<String, Resolution>> lookUp(Collection<String> hosts) {
        return shared.resolver().resolveToListen(hosts, LOOKUP_LIMIT_MILLIS);
    }

    /**
     * Tells {@code listener}, and nobody else any more, of all changes from now on. It is called on the thread that made the change, before
     * anybody else can make another one to the same proxy, so it must be quick, and must not make changes itself.
     */
    public void onChange(Consumer<Change> listener) {
        shared.announcer().tell(listener);
    }

    /**
     * Tells {@code listener}, and nobody else any more, of what toxics do from now on. It is called on the threads that move bytes, so it
     * must be quick and must not block.
     */
    public void onStrike(Consumer<Strike> listener) {
        shared.announcer().tellStrikes(listener);
    }

    /** Sorted by name. */
    public synchronized List<Proxy> all() {
        return List.copyOf(byName.values());
    }

    public synchronized Map<String, Proxy> byName() {
        return Map.copyOf(byName);
    }

    /** From now on proxies may connect to and listen at these, and no others. */
    public synchronized void allow(AllowedAddresses others) {
        allowed = others;
    }

    public synchronized Proxy get(String name) {
        Proxy proxy = byName.get(name);
        if (proxy == null) {
            throw new RefusedException(Reason.NOT_FOUND, "proxy not found", "there is no proxy " + name);
        }
        return proxy;
    }

    /** Adds a proxy, which listens when this returns, unless it is disabled. */
    public synchronized Proxy add(WantedProxy wanted) {
        ProxySettings settings = wanted.settings();
        if (byName.containsKey(settings.name())) {
            throw new RefusedException(
                    Reason.CONFLICT, "proxy already exists", "there is a proxy %s already".formatted(settings.name()));
        }
        if (byName.size() >= MAX) {
            throw new RefusedException(
                    Reason.TOO_MANY,
                    "too many proxies",
                    "there are %d proxies already, which is the limit; remove one before %s is added"
                            .formatted(MAX, settings.name()));
        }
        allowed.requireListen(settings);
        require(settings);
        Proxy proxy = new Proxy(shared, wanted);
        byName.put(settings.name(), proxy);
        shared.announcer().announce(Kind.PROXY_ADDED, proxy);
        return proxy;
    }

    private void require(ProxySettings settings) {
        allowed.requireUpstream(settings);
        List<String> loop = loop(settings);
        if (!loop.isEmpty()) {
            throw new RefusedException(
                    Reason.NOT_ALLOWED,
                    "proxy connects to itself",
                    "%s listens at %s and would connect to itself: %s"
                            .formatted(settings.name(), settings.listen(), String.join(" -> ", loop)));
        }
    }

    /** The way that a connection to a proxy with those settings would take back to it, through other proxies or none; empty without one. */
    private List<String> loop(ProxySettings settings) {
        List<ProxySettings> all = new ArrayList<>(List.of(settings));
        byName.values().stream()
                .map(Proxy::settings)
                .filter(other -> !other.name().equals(settings.name()))
                .forEach(all::add);
        List<String> way = new ArrayList<>(List.of(settings.name()));
        Optional<ProxySettings> next = Optional.of(settings);
        while (next.isPresent() && way.size() <= all.size()) {
            Address target = next.get().upstream();
            next = all.stream().filter(one -> one.listen().isReachedBy(target)).findFirst();
            next.ifPresent(one -> way.add(one.name()));
            if (next.equals(Optional.of(settings))) {
                return way;
            }
        }
        return List.of();
    }

    /** Changes the settings of the proxy of that name; its toxics stay. */
    public synchronized Proxy update(WantedProxy wanted) {
        Proxy proxy = get(wanted.settings().name());
        if (!proxy.settings().listen().isAt(wanted.settings().listen())) {
            allowed.requireListen(wanted.settings());
        }
        require(wanted.settings());
        proxy.update(wanted);
        return proxy;
    }

    /** Enables or disables the proxy of that name; the fault that is returned is its being disabled. */
    public synchronized Fault setEnabled(String name, boolean enabled, Lifetime outage) {
        Proxy proxy = update(new WantedProxy(get(name).settings().withEnabled(enabled), outage));
        long change = proxy.changeCount();
        return () -> enableUnlessChanged(proxy, change);
    }

    private synchronized void enableUnlessChanged(Proxy proxy, long change) {
        String name = proxy.settings().name();
        if (proxy.equals(byName.get(name)) && proxy.changeCount() == change) {
            update(WantedProxy.lasting(proxy.settings().withEnabled(true)));
        }
    }

    public synchronized void remove(String name) {
        Proxy proxy = get(name);
        proxy.close();
        byName.remove(name);
        shared.announcer().announce(Kind.PROXY_REMOVED, proxy);
    }

    /**
     * Adds a proxy, or makes it anew if there is one of that name with other addresses. One with the same addresses is left as it is,
     * enabled or not, with its toxics unless there are others given.
     */
    public synchronized Proxy populate(WantedProxy wanted) {
        Proxy there = byName.get(wanted.settings().name());
        if (there == null) {
            return add(wanted);
        }
        wanted.requireListenHost();
        WantedProxy here = wanted.withPortOf(there.settings().listen());
        if (!there.isAt(here.settings())) {
            update(here);
            if (here.givenToxics().isEmpty()) {
                there.toxics().removeAll();
            }
        }
        here.givenToxics().ifPresent(there.toxics()::setAll);
        return there;
    }

    /** Adds a proxy, or makes the one of that name what it is wanted to be. What is the same is left alone, and so are its connections. */
    public synchronized Proxy apply(WantedProxy wanted) {
        Proxy there = byName.get(wanted.settings().name());
        if (there == null) {
            return add(wanted);
        }
        WantedProxy here = wanted.withPortOf(there.settings().listen());
        if (!there.isAt(here.settings())
                || there.settings().enabled() != here.settings().enabled()
                || !here.outage().equals(Lifetime.LASTING)) {
            here.requireListenHost();
            update(here);
        }
        here.givenToxics().ifPresent(there.toxics()::setAll);
        return there;
    }

    /**
     * Takes all toxics off, and enables all proxies; also those after one that cannot listen.
     *
     * @param found what the hosts came to at which disabled proxies are to listen; of others, what is known counts
     * @throws RefusedException the first one's, with the others suppressed
     */
    public synchronized void reset(Map<String, Resolution> found) {
        Refusals refusals = new Refusals();
        Cause.RESET.during(() -> byName.values().forEach(proxy -> refusals.attempt(() -> proxy.reset(found))));
        refusals.throwFirst();
    }

    public synchronized int openConnections() {
        return byName.values().stream().mapToInt(Proxy::openConnections).sum();
    }

    @Override
    public synchronized void close() {
        byName.values().forEach(Proxy::close);
    }
}

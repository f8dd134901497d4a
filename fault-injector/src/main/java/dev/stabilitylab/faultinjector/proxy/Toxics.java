package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import dev.stabilitylab.faultinjector.proxy.RefusedException.Reason;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The toxics of one proxy, and when each of them ends by itself. Guarded by the lock that it is given, except for {@link #all}. */
final class Toxics {

    private static final Logger log = LoggerFactory.getLogger(Toxics.class);

    private final String proxy;
    private final EventExecutor changes;
    private final Object lock;
    private final Runnable apply;
    private final Announcement announcement;
    private final Map<String, AppliedToxic> byName = new LinkedHashMap<>();
    private final Map<String, Ending> endings = new HashMap<>();
    private volatile List<AppliedToxic> all = List.of();

    /**
     * Starts without any.
     *
     * @param changes where toxics are taken off whose time is over
     * @param apply makes open connections have what {@link #all} returns
     * @param announcement is told of what has changed
     */
    Toxics(String proxy, EventExecutor changes, Object lock, Runnable apply, Announcement announcement) {
        this.proxy = proxy;
        this.changes = changes;
        this.lock = lock;
        this.apply = apply;
        this.announcement = announcement;
    }

    /** All of them, in the order in which they were added. */
    List<AppliedToxic> all() {
        return all;
    }

    AppliedToxic get(String name) {
        AppliedToxic toxic = byName.get(name);
        if (toxic == null) {
            throw new RefusedException(Reason.NOT_FOUND, "toxic not found: %s of %s".formatted(name, proxy));
        }
        return toxic;
    }

    /** Milliseconds until the toxic of that name ends by itself, if it does. */
    OptionalLong ttlMillis(String name) {
        Ending ending = endings.get(name);
        return ending == null ? OptionalLong.empty() : ending.remainingMillis();
    }

    void add(AppliedToxic toxic, Lifetime lifetime) {
        if (byName.containsKey(toxic.name())) {
            throw new RefusedException(
                    Reason.CONFLICT, "toxic already exists: %s of %s".formatted(toxic.name(), proxy));
        }
        put(toxic, lifetime);
        log.info("{}: toxic added: {}{}", proxy, toxic, lifetime.remark());
        announcement.of(Kind.TOXIC_ADDED, toxic, ttlMillis(toxic.name()));
    }

    /** Connections on which the toxic is the same as before do not notice; that holds for a change of nothing but the lifetime. */
    void change(AppliedToxic toxic, Lifetime lifetime) {
        boolean same =
                toxic.equals(get(toxic.name())) && ttlMillis(toxic.name()).isEmpty() && lifetime.isLasting();
        put(toxic, lifetime);
        log.info("{}: toxic changed: {}{}", proxy, toxic, lifetime.remark());
        if (!same) {
            announcement.of(Kind.TOXIC_CHANGED, toxic, ttlMillis(toxic.name()));
        }
    }

    void remove(String name) {
        get(name);
        takeOff(name);
        log.info("{}: toxic removed: {}", proxy, name);
    }

    void removeAll() {
        if (!byName.isEmpty()) {
            stopEndings();
            List<AppliedToxic> removed = List.copyOf(byName.values());
            byName.clear();
            publish();
            log.info("{}: all toxics removed", proxy);
            removed.forEach(this::announceRemoval);
        }
    }

    /** From now on none ends by itself. */
    void stopEndings() {
        endings.values().forEach(Ending::cancel);
        endings.clear();
    }

    private void put(AppliedToxic toxic, Lifetime lifetime) {
        String name = toxic.name();
        byName.put(name, toxic);
        endings.computeIfAbsent(name, key -> new Ending(changes, lock, () -> end(key)))
                .set(lifetime);
        publish();
    }

    private void end(String name) {
        takeOff(name);
        log.info("{}: toxic removed, since its time is over: {}", proxy, name);
    }

    private void takeOff(String name) {
        Ending ending = endings.remove(name);
        if (ending != null) {
            ending.cancel();
        }
        AppliedToxic removed = byName.remove(name);
        publish();
        if (removed != null) {
            announceRemoval(removed);
        }
    }

    private void announceRemoval(AppliedToxic toxic) {
        announcement.of(Kind.TOXIC_REMOVED, toxic, OptionalLong.empty());
    }

    private void publish() {
        all = List.copyOf(byName.values());
        apply.run();
    }

    /** Is told of a toxic that was added, changed or removed, and of the milliseconds that are left to it, if they are limited. */
    interface Announcement {
        void of(Kind kind, AppliedToxic toxic, OptionalLong ttlMillis);
    }
}

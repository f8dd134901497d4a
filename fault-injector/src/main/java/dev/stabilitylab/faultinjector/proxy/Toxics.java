package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import dev.stabilitylab.faultinjector.proxy.RefusedException.Reason;
import io.netty.util.concurrent.EventExecutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The toxics of one proxy, and when each of them begins and ends. Guarded by the lock that it is given, except for {@link #all} and
 * {@link #inEffect}.
 */
final class Toxics {

    private static final Logger log = LoggerFactory.getLogger(Toxics.class);

    private final String proxy;
    private final EventExecutor changes;
    private final Object lock;
    private final Runnable apply;
    private final Announcement announcement;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private volatile List<AppliedToxic> all = List.of();
    private volatile List<AppliedToxic> inEffect = List.of();
    private long changeCount;

    /**
     * Starts without any.
     *
     * @param changes where toxics begin and are taken off when it is time
     * @param apply makes open connections have what {@link #inEffect} returns
     * @param announcement is told of what has changed
     */
    Toxics(String proxy, EventExecutor changes, Object lock, Runnable apply, Announcement announcement) {
        this.proxy = proxy;
        this.changes = changes;
        this.lock = lock;
        this.apply = apply;
        this.announcement = announcement;
    }

    /** All of them as they are wanted, in the order in which they were added; also those that have not begun yet. */
    List<AppliedToxic> all() {
        return all;
    }

    /** Those that have begun, as they are at this moment, in the same order. */
    List<AppliedToxic> inEffect() {
        return inEffect;
    }

    AppliedToxic get(String name) {
        return slot(name).wanted();
    }

    /** What is left of the time of the toxic of that name. */
    Lifetime remaining(String name) {
        return slot(name).remaining();
    }

    void requireFree(String name) {
        if (slots.containsKey(name)) {
            throw new RefusedException(
                    Reason.CONFLICT, "toxic already exists", "proxy %s has a toxic %s already".formatted(proxy, name));
        }
    }

    Fault add(AppliedToxic toxic, Lifetime lifetime) {
        String name = toxic.name();
        requireFree(name);
        slots.put(name, new Slot(toxic, changes, lock, () -> begin(name), () -> end(name)));
        set(toxic, lifetime);
        log.info("{}: toxic added: {}{}", proxy, toxic, lifetime.remark());
        announcement.of(Kind.TOXIC_ADDED, toxic, remaining(name));
        long number = changeCount;
        return () -> removeUnlessChanged(name, number);
    }

    /**
     * With a delay, what is in effect stays until that is over. Connections on which the toxic is the same as before do not notice;
     * that holds for a change of nothing but the lifetime.
     */
    void change(AppliedToxic toxic, Lifetime lifetime) {
        Slot slot = slot(toxic.name());
        boolean same = toxic.equals(slot.wanted())
                && slot.remaining().equals(Lifetime.LASTING)
                && lifetime.equals(Lifetime.LASTING);
        set(toxic, lifetime);
        log.info("{}: toxic changed: {}{}", proxy, toxic, lifetime.remark());
        if (!same) {
            announcement.of(Kind.TOXIC_CHANGED, toxic, slot.remaining());
        }
    }

    void remove(String name) {
        takeOff(name);
        log.info("{}: toxic removed: {}", proxy, name);
    }

    void removeAll() {
        if (!slots.isEmpty()) {
            cancelTimes();
            List<AppliedToxic> removed = all;
            slots.clear();
            publish();
            log.info("{}: all toxics removed", proxy);
            removed.forEach(this::announceRemoval);
        }
    }

    /** From now on none begins or ends by itself. */
    void cancelTimes() {
        slots.values().forEach(Slot::cancelTimes);
    }

    private void removeUnlessChanged(String name, long number) {
        synchronized (lock) {
            Slot slot = slots.get(name);
            if (slot != null && slot.changeNumber() == number) {
                remove(name);
            }
        }
    }

    private Slot slot(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new RefusedException(
                    Reason.NOT_FOUND, "toxic not found", "proxy %s has no toxic %s".formatted(proxy, name));
        }
        return slot;
    }

    private void set(AppliedToxic toxic, Lifetime lifetime) {
        slot(toxic.name()).set(toxic, lifetime, ++changeCount);
        publish();
    }

    private void begin(String name) {
        publish();
        log.info("{}: toxic in effect, since its delay is over: {}", proxy, get(name));
        announcement.of(Kind.TOXIC_CHANGED, get(name), remaining(name));
    }

    private void end(String name) {
        takeOff(name);
        log.info("{}: toxic removed, since its time is over: {}", proxy, name);
    }

    private void takeOff(String name) {
        Slot removed = slot(name);
        removed.cancelTimes();
        slots.remove(name);
        publish();
        announceRemoval(removed.wanted());
    }

    private void announceRemoval(AppliedToxic toxic) {
        announcement.of(Kind.TOXIC_REMOVED, toxic, Lifetime.LASTING);
    }

    private void publish() {
        all = slots.values().stream().map(Slot::wanted).toList();
        inEffect = slots.values().stream()
                .map(Slot::inEffect)
                .flatMap(Optional::stream)
                .toList();
        apply.run();
    }

    /** Is told of a toxic that was added, changed or removed, and of what is left of its time. */
    interface Announcement {
        void of(Kind kind, AppliedToxic toxic, Lifetime remaining);
    }
}

package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The toxics of one proxy, and when each of them begins and ends. A change returns when it is in effect, on open connections too. */
public final class Toxics {

    private static final Logger log = LoggerFactory.getLogger(Toxics.class);

    private final String proxy;
    private final EventExecutor changes;
    private final Object lock;
    private final Announcement announcement;
    private final Slots slots;
    private final Strike.Listener strikes;
    private final Map<String, ToxicTally> tallies = new ConcurrentHashMap<>();

    /**
     * Starts without any.
     *
     * @param changes where toxics begin and are taken off when it is time
     * @param lock held while something changes
     * @param apply makes open connections have what {@link #inEffect} returns
     * @param announcement is told of what has changed
     * @param strikes is told of what toxics do
     */
    Toxics(
            String proxy,
            EventExecutor changes,
            Object lock,
            Runnable apply,
            Announcement announcement,
            Strike.Listener strikes) {
        this.proxy = proxy;
        this.changes = changes;
        this.lock = lock;
        this.announcement = announcement;
        this.strikes = strikes;
        this.slots = new Slots(proxy, apply);
    }

    /** All of them as they are wanted, in the order in which they were added; also those that have not begun yet. */
    public List<AppliedToxic> all() {
        return slots.wanted();
    }

    /** Those that have begun, as they are at this moment, in the same order. */
    public List<AppliedToxic> inEffect() {
        return slots.inEffect();
    }

    /** The toxic of that name. */
    public AppliedToxic get(String name) {
        synchronized (lock) {
            return slots.get(name).wanted();
        }
    }

    /** What is left of the time until the toxic of that name begins, and until it is taken off by itself. */
    public Lifetime remaining(String name) {
        synchronized (lock) {
            return slots.get(name).remaining();
        }
    }

    /** What the toxic of that name did since it was added. */
    public ToxicTally tally(String name) {
        return tallies.computeIfAbsent(name, unused -> new ToxicTally(proxy, strikes, System::nanoTime));
    }

    /** Refuses a name that one of them has. */
    public void requireFree(String name) {
        synchronized (lock) {
            slots.requireFree(name);
        }
    }

    /** Adds a toxic, behind those that are there. */
    public Fault add(AppliedToxic toxic, Lifetime lifetime) {
        synchronized (lock) {
            String name = toxic.name();
            slots.requireFree(name);
            slots.append(name, new Slot(toxic, changes, lock, () -> begin(name), () -> end(name)));
            long number = slots.set(toxic, lifetime);
            log.info("{}: toxic added: {}{}", proxy, toxic, lifetime.remark());
            announcement.of(Kind.TOXIC_ADDED, toxic, remaining(name));
            return () -> removeUnlessChanged(name, number);
        }
    }

    /**
     * Gives the toxic of that name other settings, at its place in the order, and another lifetime, from now on. With a delay, what is
     * in effect stays until then. Connections on which the toxic stays the same do not notice, also when its lifetime changes.
     */
    public void change(AppliedToxic toxic, Lifetime lifetime) {
        synchronized (lock) {
            Slot slot = slots.get(toxic.name());
            boolean same = toxic.equals(slot.wanted())
                    && slot.remaining().equals(Lifetime.LASTING)
                    && lifetime.equals(Lifetime.LASTING);
            slots.set(toxic, lifetime);
            log.info("{}: toxic changed: {}{}", proxy, toxic, lifetime.remark());
            if (!same) {
                announcement.of(Kind.TOXIC_CHANGED, toxic, slot.remaining());
            }
        }
    }

    /** Takes the toxic of that name off. */
    public void remove(String name) {
        synchronized (lock) {
            takeOff(name, "");
        }
    }

    void removeAll() {
        synchronized (lock) {
            if (!all().isEmpty()) {
                List<AppliedToxic> removed = slots.clear();
                log.info("{}: all toxics removed", proxy);
                removed.forEach(this::announceRemoval);
            }
        }
    }

    /** From now on none begins or ends by itself. To be called with the lock. */
    void cancelTimes() {
        slots.cancelTimes();
    }

    private void removeUnlessChanged(String name, long number) {
        synchronized (lock) {
            slots.find(name).filter(slot -> slot.changeNumber() == number).ifPresent(slot -> remove(name));
        }
    }

    private void begin(String name) {
        slots.publish();
        log.info("{}: toxic in effect, since its delay is over: {}", proxy, get(name));
        announcement.of(Kind.TOXIC_CHANGED, get(name), remaining(name));
    }

    private void end(String name) {
        takeOff(name, ", since its time is over");
    }

    private void takeOff(String name, String why) {
        announceRemoval(slots.remove(name).wanted());
        log.info("{}: toxic removed{}: {}", proxy, why, name);
    }

    private void announceRemoval(AppliedToxic toxic) {
        announcement.of(Kind.TOXIC_REMOVED, toxic, Lifetime.LASTING);
        tallies.remove(toxic.name());
    }

    /** Is told of a toxic that was added, changed or removed, and of what is left of its time. */
    interface Announcement {
        void of(Kind kind, AppliedToxic toxic, Lifetime remaining);
    }
}

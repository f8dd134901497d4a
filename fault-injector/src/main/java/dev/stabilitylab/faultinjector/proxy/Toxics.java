package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import dev.stabilitylab.faultinjector.proxy.RefusedException.Reason;
import dev.stabilitylab.faultinjector.proxy.WantedProxy.WantedToxic;
import dev.stabilitylab.faultinjector.toxic.AcceptToxic;
import io.netty.util.concurrent.EventExecutor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The toxics of one proxy, and when each of them begins and ends. A change returns when it is in effect, on open connections too. */
public final class Toxics {

    /** How many toxics a proxy may have; each is a handler in the pipeline of every connection. */
    static final int MAX = 100;

    private static final Logger log = LoggerFactory.getLogger(Toxics.class);

    private final String proxy;
    private final EventExecutor changes;
    private final Object lock;
    private final Runnable apply;
    private final Announcement announcement;
    private final Consumer<Strike> strikes;
    private final Map<String, ToxicTally> tallies = new ConcurrentHashMap<>();
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private volatile List<AppliedToxic> wanted = List.of();
    private volatile List<AppliedToxic> inEffect = List.of();
    private long changeCount;

    /**
     * @param changes where toxics begin and are taken off when it is time
     * @param lock held while something changes
     * @param apply makes open connections have what {@link #inEffect} returns
     */
    Toxics(
            String proxy,
            EventExecutor changes,
            Object lock,
            Runnable apply,
            Announcement announcement,
            Consumer<Strike> strikes) {
        this.proxy = proxy;
        this.changes = changes;
        this.lock = lock;
        this.apply = apply;
        this.announcement = announcement;
        this.strikes = strikes;
    }

    /** All of them as they are wanted, in the order in which they were added; also those that have not begun yet. */
    public List<AppliedToxic> all() {
        return wanted;
    }

    /** Those that have begun, as they are at this moment, in the same order. */
    public List<AppliedToxic> inEffect() {
        return inEffect;
    }

    /** Of the faults of the port that are in effect, the one that lets in the fewest connections. */
    Optional<AppliedToxic> strictestLimit() {
        return inEffect.stream()
                .filter(applied -> applied.toxic() instanceof AcceptToxic)
                .min(Comparator.comparingLong(applied -> ((AcceptToxic) applied.toxic()).connections()));
    }

    public AppliedToxic get(String name) {
        synchronized (lock) {
            return slot(name).wanted;
        }
    }

    /** What is left of the time until the toxic of that name begins, and until it is taken off by itself. */
    public Lifetime remaining(String name) {
        synchronized (lock) {
            return slot(name).timer.remaining();
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

    /** What the toxic of that name did since it was added. */
    public ToxicTally tally(String name) {
        return tallies.computeIfAbsent(name, unused -> new ToxicTally(proxy, strikes, System::nanoTime));
    }

    /** Refuses a name that is taken, and one more toxic than there may be. */
    public void requireFree(String name) {
        synchronized (lock) {
            if (slots.containsKey(name)) {
                throw new RefusedException(
                        Reason.CONFLICT,
                        "toxic already exists",
                        "proxy %s has a toxic %s already".formatted(proxy, name));
            }
            if (slots.size() >= MAX) {
                throw new RefusedException(
                        Reason.TOO_MANY,
                        "too many toxics",
                        "proxy %s has %d toxics already, which is the limit; remove one before %s is added"
                                .formatted(proxy, MAX, name));
            }
        }
    }

    /** Adds a toxic, behind those that are there. */
    public Fault add(AppliedToxic toxic, Lifetime lifetime) {
        synchronized (lock) {
            requireFree(toxic.name());
            Slot slot = new Slot(toxic);
            slots.put(toxic.name(), slot);
            slot.set(toxic, lifetime);
            log.info("{}: toxic added: {}{}", proxy, toxic, lifetime.remark());
            announcement.of(Kind.TOXIC_ADDED, toxic, slot.timer.remaining());
            long change = slot.change;
            return () -> removeUnlessChanged(toxic.name(), change);
        }
    }

    private void removeUnlessChanged(String name, long change) {
        synchronized (lock) {
            Slot slot = slots.get(name);
            if (slot != null && slot.change == change) {
                remove(name);
            }
        }
    }

    /**
     * Gives the toxic of that name other settings, at its place in the order, and another lifetime, from now on. With a delay, what is
     * in effect stays until then. Connections on which the toxic stays the same do not notice, also when its lifetime changes.
     */
    public void change(AppliedToxic toxic, Lifetime lifetime) {
        synchronized (lock) {
            Slot slot = slot(toxic.name());
            boolean same = toxic.equals(slot.wanted)
                    && slot.timer.remaining().equals(Lifetime.LASTING)
                    && lifetime.equals(Lifetime.LASTING);
            slot.set(toxic, lifetime);
            log.info("{}: toxic changed: {}{}", proxy, toxic, lifetime.remark());
            if (!same) {
                announcement.of(Kind.TOXIC_CHANGED, toxic, slot.timer.remaining());
            }
        }
    }

    public void remove(String name) {
        synchronized (lock) {
            takeOff(name, "");
        }
    }

    private void takeOff(String name, String why) {
        Slot slot = slot(name);
        slot.timer.cancel();
        slots.remove(name);
        publish();
        announceRemoval(slot.wanted);
        log.info("{}: toxic removed{}: {}", proxy, why, name);
    }

    void removeAll() {
        synchronized (lock) {
            List<AppliedToxic> removed = wanted;
            if (!removed.isEmpty()) {
                cancelTimes();
                slots.clear();
                publish();
                log.info("{}: all toxics removed", proxy);
                removed.forEach(this::announceRemoval);
            }
        }
    }

    private void announceRemoval(AppliedToxic toxic) {
        announcement.of(Kind.TOXIC_REMOVED, toxic, Lifetime.LASTING);
        tallies.remove(toxic.name());
    }

    /** Makes them these and no others. One that is the same is left alone, and one that differs is changed at its place. */
    void setAll(List<WantedToxic> given) {
        synchronized (lock) {
            Set<String> names = given.stream().map(one -> one.toxic().name()).collect(Collectors.toSet());
            wanted.stream()
                    .map(AppliedToxic::name)
                    .filter(name -> !names.contains(name))
                    .forEach(this::remove);
            given.forEach(one -> set(one.toxic(), one.lifetime()));
        }
    }

    private void set(AppliedToxic toxic, Lifetime lifetime) {
        Slot slot = slots.get(toxic.name());
        if (slot == null) {
            Fault unused = add(toxic, lifetime);
        } else if (!slot.wanted.type().equals(toxic.type()) || slot.wanted.direction() != toxic.direction()) {
            // Nothing but its settings can be changed at its place.
            remove(toxic.name());
            Fault unused = add(toxic, lifetime);
        } else if (!slot.wanted.hasSettingsOf(toxic)
                || !lifetime.equals(Lifetime.LASTING)
                || !slot.timer.remaining().equals(Lifetime.LASTING)) {
            change(toxic, lifetime);
        }
    }

    /** From now on none begins or ends by itself. To be called with the lock. */
    void cancelTimes() {
        slots.values().forEach(slot -> slot.timer.cancel());
    }

    /** Puts into effect what has changed in a slot. */
    private void publish() {
        wanted = slots.values().stream().map(slot -> slot.wanted).toList();
        inEffect = slots.values().stream()
                .map(slot -> slot.inEffect)
                .filter(Objects::nonNull)
                .toList();
        apply.run();
    }

    /** A toxic's place in the order: what it is to be, and what of it is in effect. */
    private final class Slot {

        private final FaultTimer timer = new FaultTimer(changes, lock, this::begin, this::end);
        private AppliedToxic wanted;
        private @Nullable AppliedToxic inEffect;
        /** Number of the change that made it what it is. */
        private long change;

        Slot(AppliedToxic wanted) {
            this.wanted = wanted;
        }

        /** With a delay, what is in effect stays until that is over. */
        void set(AppliedToxic toxic, Lifetime lifetime) {
            change = ++changeCount;
            wanted = toxic;
            if (!lifetime.isDelayed()) {
                inEffect = toxic;
            }
            timer.set(lifetime);
            publish();
        }

        private void begin() {
            inEffect = wanted;
            publish();
            log.info("{}: toxic in effect, since its delay is over: {}", proxy, wanted);
            announcement.of(Kind.TOXIC_CHANGED, wanted, timer.remaining());
        }

        private void end() {
            takeOff(wanted.name(), ", since its time is over");
        }
    }

    /** Is told of a toxic that was added, changed or removed, and of what is left of its time. */
    interface Announcement {
        void of(Kind kind, AppliedToxic toxic, Lifetime remaining);
    }
}

package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.RefusedException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The slots of one proxy's toxics, in the order in which they were added, and what they come to. Guarded by the lock of who changes
 * them, except for {@link #wanted} and {@link #inEffect}.
 */
final class Slots {

    /** How many toxics a proxy may have; each is a handler in the pipeline of every connection. */
    static final int MAX = 100;

    private final String proxy;
    private final Runnable apply;
    private final Map<String, Slot> byName = new LinkedHashMap<>();
    private volatile List<AppliedToxic> wanted = List.of();
    private volatile List<AppliedToxic> inEffect = List.of();
    private long changeCount;

    /**
     * Starts without any.
     *
     * @param proxy its name, for errors
     * @param apply makes open connections have what {@link #inEffect} returns
     */
    Slots(String proxy, Runnable apply) {
        this.proxy = proxy;
        this.apply = apply;
    }

    /** All toxics as they are wanted, in their order; also those that have not begun yet. */
    List<AppliedToxic> wanted() {
        return wanted;
    }

    /** Those that have begun, as they are at this moment, in the same order. */
    List<AppliedToxic> inEffect() {
        return inEffect;
    }

    Slot get(String name) {
        Slot slot = byName.get(name);
        if (slot == null) {
            throw new RefusedException(
                    Reason.NOT_FOUND, "toxic not found", "proxy %s has no toxic %s".formatted(proxy, name));
        }
        return slot;
    }

    Optional<Slot> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Refuses a name that is taken, and one more than there may be. */
    void requireFree(String name) {
        if (byName.size() >= MAX && !byName.containsKey(name)) {
            throw new RefusedException(
                    Reason.TOO_MANY,
                    "too many toxics",
                    "proxy %s has %d toxics already, which is the limit; remove one before %s is added"
                            .formatted(proxy, MAX, name));
        }
        if (byName.containsKey(name)) {
            throw new RefusedException(
                    Reason.CONFLICT, "toxic already exists", "proxy %s has a toxic %s already".formatted(proxy, name));
        }
    }

    /** Puts a slot behind all others. Nothing comes of it before it is {@link #set}. */
    void append(String name, Slot slot) {
        byName.put(name, slot);
    }

    /** Puts a toxic into the slot of its name; returns the number of this change. */
    long set(AppliedToxic toxic, Lifetime lifetime) {
        get(toxic.name()).set(toxic, lifetime, ++changeCount);
        publish();
        return changeCount;
    }

    /** Takes a slot out, and its toxic off. */
    Slot remove(String name) {
        Slot removed = get(name);
        removed.cancelTimes();
        byName.remove(name);
        publish();
        return removed;
    }

    /** Takes all slots out, and their toxics off, which are returned as they were wanted. */
    List<AppliedToxic> clear() {
        List<AppliedToxic> removed = wanted;
        cancelTimes();
        byName.clear();
        publish();
        return removed;
    }

    /** From now on no toxic begins or ends by itself. */
    void cancelTimes() {
        byName.values().forEach(Slot::cancelTimes);
    }

    /** Puts into effect what has changed in a slot. */
    void publish() {
        wanted = byName.values().stream().map(Slot::wanted).toList();
        inEffect = byName.values().stream()
                .map(Slot::inEffect)
                .flatMap(Optional::stream)
                .toList();
        apply.run();
    }
}

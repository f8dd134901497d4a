package dev.stabilitylab.lab.record;

import org.jspecify.annotations.Nullable;

/** Counts the pages of the last second, in steps of a tenth of a second. Thread-safe. */
final class RecentPages {

    private static final int SLOTS = 10;
    private static final long SLOT_MICROS = 100_000;

    private final long[] slots = new long[SLOTS];
    private final int[] available = new int[SLOTS];
    private final int[] judged = new int[SLOTS];

    /** Counts a page; one that ended more than a second before the newest is left out. */
    synchronized void add(Page page) {
        long slot = Math.floorDiv(page.endedMicros(), SLOT_MICROS);
        int index = Math.floorMod(slot, SLOTS);
        if (slot < slots[index]) {
            return;
        }
        if (slot > slots[index]) {
            slots[index] = slot;
            available[index] = 0;
            judged[index] = 0;
        }
        available[index] += page.kind().isAvailable() ? 1 : 0;
        judged[index] += page.kind() == PageKind.REFUSED ? 0 : 1;
    }

    /** Pages of the last second that users could look at. */
    synchronized int available(long nowMicros) {
        return sum(available, nowMicros);
    }

    /** Their share of all pages but the refused ones; null when there were none. */
    synchronized @Nullable Double availability(long nowMicros) {
        int all = sum(judged, nowMicros);
        return all == 0 ? null : (double) sum(available, nowMicros) / all;
    }

    private int sum(int[] counts, long nowMicros) {
        long oldest = Math.floorDiv(nowMicros, SLOT_MICROS) - SLOTS;
        int sum = 0;
        for (int i = 0; i < SLOTS; i++) {
            sum += slots[i] > oldest ? counts[i] : 0;
        }
        return sum;
    }
}

package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Headers;
import dev.stabilitylab.apiclient.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last answers by key, bounded in age and in bytes; beyond that the oldest goes first. Thread-safe.
 *
 * <p>A rejection must also outlast the calls that began before it: one that ends late with a success from before would bring the answer
 * back. So the calls in flight are known by key, and a rejection makes what they bring worth nothing. What is kept about a key that was
 * only ever rejected goes with its last call; otherwise strangers would push out those who are known.
 */
final class StaleAnswers {

    /** What an entry takes beside its key and body, in bytes, about: map entry, records, array header. */
    private static final long OVERHEAD = 200;

    private final long maxAge;
    private final long maxBytes;
    private final LinkedHashMap<StaleKey, Held> answers = new LinkedHashMap<>();
    private final Map<StaleKey, InFlight> inFlight = new HashMap<>();
    private long bytes;

    StaleAnswers(Duration maxAge, long maxBytes) {
        this.maxAge = maxAge.toNanos();
        this.maxBytes = maxBytes;
    }

    /** A call begins; it must {@linkplain #end end}. */
    synchronized Asking begin(StaleKey key, long now) {
        removeExpired(now);
        InFlight calls = inFlight.computeIfAbsent(key, absent -> new InFlight());
        calls.number++;
        return new Asking(key, now, calls, calls.rejections);
    }

    /** Keeps what the call brought, unless the upstream has rejected one since it began, or a later call was faster. */
    synchronized void keep(Asking asking, Response response) {
        Held known = answers.get(asking.key);
        if (asking.calls.rejections != asking.rejections || (known != null && known.askedAt - asking.at > 0)) {
            return;
        }
        remove(asking.key);
        Held held = new Held(new Response(response.status(), Headers.NONE, response.body()), asking.at);
        if (size(asking.key, held) <= maxBytes) {
            answers.put(asking.key, held);
            bytes += size(asking.key, held);
        }
        Iterator<Map.Entry<StaleKey, Held>> oldest = answers.entrySet().iterator();
        while (bytes > maxBytes) {
            drop(oldest);
        }
    }

    /** The upstream said no. To be called before the call {@linkplain #end ends}. */
    synchronized void revoke(Asking asking) {
        asking.calls.rejections++;
        remove(asking.key);
    }

    /** The last answer, if it is not too old. */
    synchronized @Nullable Held find(StaleKey key, long now) {
        Held held = answers.get(key);
        return held == null || isExpired(held, now) ? null : held;
    }

    /** The call has ended, however it did. Twice does no harm. */
    synchronized void end(Asking asking) {
        if (!asking.ended) {
            asking.ended = true;
            asking.calls.number--;
            if (asking.calls.number == 0) {
                inFlight.remove(asking.key);
            }
        }
    }

    synchronized void removeExpired(long now) {
        Iterator<Map.Entry<StaleKey, Held>> oldest = answers.entrySet().iterator();
        while (!answers.isEmpty() && isExpired(answers.values().iterator().next(), now)) {
            drop(oldest);
        }
    }

    synchronized int size() {
        return answers.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** How many keys have calls in flight. */
    synchronized int keysInFlight() {
        return inFlight.size();
    }

    private boolean isExpired(Held held, long now) {
        return now - held.askedAt >= maxAge;
    }

    private void drop(Iterator<Map.Entry<StaleKey, Held>> oldest) {
        Map.Entry<StaleKey, Held> entry = oldest.next();
        bytes -= size(entry.getKey(), entry.getValue());
        oldest.remove();
    }

    private void remove(StaleKey key) {
        Held known = answers.remove(key);
        if (known != null) {
            bytes -= size(key, known);
        }
    }

    private static long size(StaleKey key, Held held) {
        return OVERHEAD + key.bytes() + held.response.body().length;
    }

    /** An answer, and when the call began that brought it. */
    record Held(Response response, long askedAt) {}

    /** A call in flight. */
    static final class Asking {

        private final StaleKey key;
        private final long at;
        private final InFlight calls;
        private final int rejections;
        private boolean ended;

        Asking(StaleKey key, long at, InFlight calls, int rejections) {
            this.key = key;
            this.at = at;
            this.calls = calls;
            this.rejections = rejections;
        }

        StaleKey key() {
            return key;
        }
    }

    /** The calls with one key, as long as there are any. */
    private static final class InFlight {
        private int number;
        private int rejections;
    }
}

package dev.stabilitylab.apiclient.internal.gateway;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The last answers, by key, up to a number; beyond it, the one that was not used for longest goes. Times are as of
 * {@link System#nanoTime()}.
 *
 * <p>A refusal must also outlast the calls that began before it: one that comes late with a success from before would bring the
 * lease back. So the calls under way are known, by key, and a refusal makes all of them worth nothing. What is kept about a key that
 * was only ever refused goes with its last call; else strangers would push out those who are known.
 */
final class Leases {

    private final Map<LeaseKey, Answer> answers;
    private final Map<LeaseKey, UnderWay> underWay = new HashMap<>();

    Leases(int maxEntries) {
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<LeaseKey, Answer> eldest) {
                return size() > maxEntries;
            }
        };
    }

    /** A call begins; it must {@linkplain #end end}. */
    synchronized Asking begin(LeaseKey key, long now) {
        UnderWay calls = underWay.computeIfAbsent(key, absent -> new UnderWay());
        calls.number++;
        return new Asking(key, now, calls.refusals);
    }

    /** Keeps what the call brought, unless the upstream has said no since it began, or a later call was faster. */
    synchronized void grant(Asking asking, Object value) {
        Answer known = answers.get(asking.key);
        boolean refused = calls(asking.key).refusals != asking.refusals;
        if (!refused && (known == null || known.askedAt - asking.at <= 0)) {
            answers.put(asking.key, new Answer(value, asking.at));
        }
    }

    /** The upstream said no. To be called while the call is under way that was told. */
    synchronized void revoke(LeaseKey key) {
        calls(key).refusals++;
        answers.remove(key);
    }

    /** The last answer, if it is younger than {@code longest}. The caller knows its type. */
    @SuppressWarnings("unchecked")
    synchronized <T> Optional<Held<T>> find(LeaseKey key, long now, Duration longest) {
        Answer answer = answers.get(key);
        if (answer == null) {
            return Optional.empty();
        }
        Duration age = Duration.ofNanos(now - answer.askedAt);
        if (age.compareTo(longest) >= 0) {
            answers.remove(key);
            return Optional.empty();
        }
        return Optional.of(new Held<>((T) answer.value, age));
    }

    /** The call has ended, however it did. */
    synchronized void end(Asking asking) {
        UnderWay calls = calls(asking.key);
        calls.number--;
        if (calls.number == 0) {
            underWay.remove(asking.key);
        }
    }

    private UnderWay calls(LeaseKey key) {
        return Objects.requireNonNull(underWay.get(key));
    }

    /**
     * A call under way.
     *
     * @param refusals how many the calls under way had seen when it began
     */
    record Asking(LeaseKey key, long at, int refusals) {}

    /** An answer that may stand in. */
    record Held<T>(T value, Duration age) {}

    private record Answer(Object value, long askedAt) {}

    /** The calls with one key, as long as there are any. */
    private static final class UnderWay {
        private int number;
        private int refusals;
    }
}

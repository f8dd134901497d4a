package dev.stabilitylab.faultinjector.toxic;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attributes of one toxic, and knows in the end which of them nobody asked for. A value that cannot be taken is an {@link
 * IllegalArgumentException} that says what it must be.
 */
public final class Attributes {

    /** A day: longer than any test, and far from overflow. */
    public static final long MAX_MILLIS = 86_400_000;

    private final String type;
    private final Map<String, ?> values;
    private final Set<String> read = new HashSet<>();

    Attributes(String type, Map<String, ?> values) {
        this.type = type;
        this.values = values;
    }

    /** A time in milliseconds, from 0 to {@value #MAX_MILLIS}; 0 when missing. */
    public long millis(String name) {
        return whole(name, "a whole number of milliseconds", 0, MAX_MILLIS, 0);
    }

    /** A whole number in that range, both ends included. */
    public long whole(String name, long min, long max, long whenMissing) {
        return whole(name, "a whole number", min, max, whenMissing);
    }

    private long whole(String name, String what, long min, long max, long whenMissing) {
        Object value = value(
                name,
                "%s from %d to %d".formatted(what, min, max),
                one -> isIn(one, (double) min, (double) max) && ((Number) one).doubleValue() % 1 == 0);
        return value == null ? whenMissing : ((Number) value).longValue();
    }

    /** A number in that range, both ends included. */
    public double number(String name, double min, double max, double whenMissing) {
        Object value = value(name, "a number from %s to %s".formatted(min, max), one -> isIn(one, min, max));
        return value == null ? whenMissing : ((Number) value).doubleValue();
    }

    private static boolean isIn(Object value, double min, double max) {
        return value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max;
    }

    public String text(String name, String whenMissing) {
        Object value = value(name, "a text", String.class::isInstance);
        return value == null ? whenMissing : (String) value;
    }

    private @Nullable Object value(String name, String what, Predicate<Object> isFit) {
        read.add(name);
        if (!values.containsKey(name)) {
            return null;
        }
        Object value = values.get(name);
        if (value == null || !isFit.test(value)) {
            String shown = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
            throw new IllegalArgumentException("%s of %s is %s; it must be %s".formatted(name, type, shown, what));
        }
        return value;
    }

    /** Ends the reading: what is wrong when there are attributes that nobody has read. */
    Optional<String> complaint() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(read);
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("%s has no attribute %s; it has %s"
                        .formatted(
                                type,
                                String.join(", ", unknown),
                                read.isEmpty() ? "none" : String.join(", ", new TreeSet<>(read))));
    }
}

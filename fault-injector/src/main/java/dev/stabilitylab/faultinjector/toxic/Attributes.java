package dev.stabilitylab.faultinjector.toxic;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of one toxic, and knows in the end which of them nobody asked for. */
final class Attributes {

    /** A day: longer than any test, and far from overflow. */
    static final long MAX_MILLIS = 86_400_000;

    private final String type;
    private final Map<String, ?> values;
    private final Set<String> read = new HashSet<>();

    Attributes(String type, Map<String, ?> values) {
        this.type = type;
        this.values = values;
    }

    /** A time in milliseconds, from 0 to {@value #MAX_MILLIS}; 0 when missing. */
    long millis(String name) {
        read.add(name);
        if (!values.containsKey(name)) {
            return 0;
        }
        Object value = values.get(name);
        if (value instanceof Number number && isWhole(number) && isInRange(number)) {
            return number.longValue();
        }
        throw new IllegalArgumentException("%s of %s is %s; it must be a whole number of milliseconds from 0 to %d"
                .formatted(name, type, quoted(value), MAX_MILLIS));
    }

    /** Ends the reading; an attribute that was not read does not exist. */
    void refuseUnread() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(read);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("%s has no attribute %s; it has %s"
                    .formatted(type, String.join(", ", unknown), String.join(", ", new TreeSet<>(read))));
        }
    }

    private static boolean isWhole(Number number) {
        return number.doubleValue() == Math.rint(number.doubleValue());
    }

    private static boolean isInRange(Number number) {
        return number.doubleValue() >= 0 && number.doubleValue() <= MAX_MILLIS;
    }

    private static String quoted(@Nullable Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }
}

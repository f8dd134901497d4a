package dev.stabilitylab.faultinjector.toxic;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one toxic, and the records that they become: a component {@code averageSize} is the attribute {@code average_size}, with
 * the limits of its {@link Attribute} if it is a number. The components of a nested record are attributes as well.
 */
public final class Attributes {

    /** A day: longer than any test, and far from overflow. */
    public static final long MAX_MILLIS = 86_400_000;

    /** Larger whole numbers are not exact in JSON everywhere. */
    public static final long MAX_WHOLE = 1L << 53;

    private static final Pattern UPPER_CASE = Pattern.compile("[A-Z]");

    private final String type;
    private final Map<String, ?> values;
    private final Set<String> known = new TreeSet<>();

    Attributes(String type, Map<String, ?> values) {
        this.type = type;
        this.values = values;
    }

    /** The attributes of a record, as the control API shows them. */
    public static Map<String, Object> of(Record settings) {
        Map<String, Object> all = new TreeMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = get(component, settings);
            Attribute attribute = component.getAnnotation(Attribute.class);
            if (value instanceof Record nested) {
                all.putAll(of(nested));
            } else if (attribute == null
                    || !attribute.hiddenByDefault()
                    || ((Number) value).doubleValue() != attribute.orElse()) {
                all.put(name(component), value);
            }
        }
        return all;
    }

    private static Object get(RecordComponent component, Record settings) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static String name(RecordComponent component) {
        return UPPER_CASE.matcher(component.getName()).replaceAll("_$0").toLowerCase(Locale.ROOT);
    }

    /**
     * Makes a record. Numbers that are missing have their default, and texts are empty.
     *
     * @throws IllegalArgumentException for a value that cannot be taken; it says what the value must be
     */
    public <T extends Record> T read(Class<T> shape) {
        RecordComponent[] components = shape.getRecordComponents();
        Object[] arguments = Arrays.stream(components).map(this::value).toArray();
        try {
            Constructor<T> constructor = shape.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IllegalArgumentException refused ? refused : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(shape + " cannot be made", e);
        }
    }

    private Object value(RecordComponent component) {
        Class<?> kind = component.getType();
        if (kind.isRecord()) {
            return read(kind.asSubclass(Record.class));
        }
        String name = name(component);
        known.add(name);
        if (kind == String.class) {
            return given(name, "", "a text", String.class::isInstance);
        }
        Attribute limits = Objects.requireNonNull(component.getAnnotation(Attribute.class), name);
        boolean whole = kind != double.class;
        String what = whole
                ? "a whole number%s from %d to %d"
                        .formatted(limits.unit().isEmpty() ? "" : " of " + limits.unit(), (long) limits.min(), (long)
                                limits.max())
                : "a number from %s to %s".formatted(limits.min(), limits.max());
        Number number = (Number) given(name, limits.orElse(), what, value -> isFit(value, limits, whole));
        if (kind == double.class) {
            return number.doubleValue();
        }
        if (kind == int.class) {
            return number.intValue();
        }
        return number.longValue();
    }

    private static boolean isFit(@Nullable Object value, Attribute limits, boolean whole) {
        double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
        return number >= limits.min() && number <= limits.max() && (!whole || number == Math.rint(number));
    }

    private Object given(String name, Object whenMissing, String what, Predicate<@Nullable Object> isFit) {
        if (!values.containsKey(name)) {
            return whenMissing;
        }
        Object value = values.get(name);
        if (value == null || !isFit.test(value)) {
            throw new IllegalArgumentException("%s of %s is %s; it must be %s"
                    .formatted(name, type, value instanceof String ? "\"" + value + "\"" : value, what));
        }
        return value;
    }

    /** What is wrong when there are attributes that no record has; empty when there are none. */
    String complaint() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        return unknown.isEmpty()
                ? ""
                : "%s has no attribute %s; it has %s"
                        .formatted(
                                type, String.join(", ", unknown), known.isEmpty() ? "none" : String.join(", ", known));
    }
}

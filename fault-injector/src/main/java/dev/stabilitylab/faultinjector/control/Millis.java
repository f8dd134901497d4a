package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a whole number of milliseconds, up to a day; {@code 1e3} is one too. */
abstract class Millis extends JsonDeserializer<Long> {

    private final long min;

    private Millis(long min) {
        this.min = min;
    }

    /** Without them a fault begins at once, and lasts. */
    static Lifetime lifetime(@Nullable Long delay, @Nullable Long ttl) {
        return new Lifetime(delay == null ? 0 : delay, ttl == null ? 0 : ttl);
    }

    /** A field that is shown only where there is something to show. */
    static @Nullable Long orNull(long millis) {
        return millis == 0 ? null : Long.valueOf(millis);
    }

    @Override
    public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        double millis = parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
        if (millis != Math.rint(millis) || millis < min || millis > Lifetime.MAX_MILLIS) {
            String what = "a whole number of milliseconds from %d to %d".formatted(min, Lifetime.MAX_MILLIS);
            throw InvalidFormatException.from(parser, what, parser.currentToken(), Long.class);
        }
        return (long) millis;
    }

    /** For a time that may be over at once. */
    static final class FromZero extends Millis {
        FromZero() {
            super(0);
        }
    }

    /** For a time that must last. */
    static final class FromOne extends Millis {
        FromOne() {
            super(1);
        }
    }
}

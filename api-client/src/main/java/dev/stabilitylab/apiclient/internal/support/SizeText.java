package dev.stabilitylab.apiclient.internal.support;

import java.util.Optional;
import org.springframework.util.unit.DataSize;

/** Sizes as people write them in settings: {@code 512KB}, {@code 10MB}. */
public final class SizeText {

    /** What a size has to be, for the end of a sentence. */
    static final String KIND = "a size with its unit, such as 512KB or 10MB";

    private SizeText() {}

    /** Reads what people write; nothing when it is not a size or has no unit. */
    public static Optional<DataSize> parse(String text) {
        if (text.isEmpty() || Character.isDigit(text.charAt(text.length() - 1))) {
            return Optional.empty();
        }
        try {
            return Optional.of(DataSize.parse(text));
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            return Optional.empty();
        }
    }

    /** The shortest form that loses nothing. */
    public static String format(DataSize size) {
        long bytes = size.toBytes();
        if (bytes != 0 && bytes % (1024 * 1024) == 0) {
            return bytes / (1024 * 1024) + "MB";
        }
        return bytes != 0 && bytes % 1024 == 0 ? bytes / 1024 + "KB" : bytes + "B";
    }
}

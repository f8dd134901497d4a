package dev.stabilitylab.apiclient.internal.policy;

import java.util.Optional;
import org.springframework.util.unit.DataSize;

/** Sizes as people write them in settings: {@code 512KB}, {@code 10MB}. */
final class SizeText {

    private SizeText() {}

    /** Reads what people write; nothing when it is not a size or has no unit. */
    static Optional<DataSize> parse(String text) {
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
    static String format(DataSize size) {
        long bytes = size.toBytes();
        if (bytes != 0 && bytes % (1024 * 1024) == 0) {
            return bytes / (1024 * 1024) + "MB";
        }
        return bytes != 0 && bytes % 1024 == 0 ? bytes / 1024 + "KB" : bytes + "B";
    }
}

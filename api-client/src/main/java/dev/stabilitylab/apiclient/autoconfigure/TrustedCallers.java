package dev.stabilitylab.apiclient.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The callers whose deadline counts, by their address. */
final class TrustedCallers {

    static final String KEY = "api-client.trusted-callers";

    private final List<AddressRange> ranges;

    private TrustedCallers(List<AddressRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads the ranges.
     *
     * @param mistakes gets a sentence for each range that cannot be read; such a range contains nobody
     */
    static TrustedCallers of(List<String> texts, List<String> mistakes) {
        List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                ranges.add(AddressRange.parse(texts.get(i)));
            } catch (IllegalArgumentException unreadable) {
                mistakes.add("%s[%d] is %s; %s".formatted(KEY, i, texts.get(i), unreadable.getMessage()));
            }
        }
        return new TrustedCallers(List.copyOf(ranges));
    }

    /** @param address as the server gives it; null, or what is no address, is nobody's */
    boolean contain(@Nullable String address) {
        byte[] bytes = address == null ? null : AddressRange.bytes(address);
        return bytes != null && ranges.stream().anyMatch(range -> range.contains(bytes));
    }
}

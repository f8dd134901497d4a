package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.Effect;
import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.http.MessageHead;
import dev.stabilitylab.faultinjector.toxic.Attribute;
import java.util.random.RandomGenerator;

/**
 * Adds headers to the message, more than its reader expects.
 *
 * @param size of each line in bytes, without its end
 */
record HttpHeadersFault(
        @Attribute(min = 1, max = 10_000, orElse = 100) int count,
        @Attribute(min = 16, max = 65_536, orElse = 100) int size)
        implements HttpFault {

    private static final String NAME = "X-Flood-";
    private static final int MAX_BYTES = 1_048_576;

    HttpHeadersFault {
        if ((long) count * size > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "count of http_headers is %d and size is %d, which are %d bytes; there must be %d at most"
                            .formatted(count, size, (long) count * size, MAX_BYTES));
        }
    }

    @Override
    public Effect newEffect(RandomGenerator random) {
        return new Effect() {
            @Override
            public void start(MessageHead head, long nowNanos) {
                head.add(lines());
            }
        };
    }

    /** {@code X-Flood-1: aaaa} and so on, with line ends. */
    private String lines() {
        StringBuilder lines = new StringBuilder(count * (size + 2));
        for (int i = 1; i <= count; i++) {
            String start = NAME + i + ": ";
            lines.append(start).append("a".repeat(size - start.length())).append("\r\n");
        }
        return lines.toString();
    }
}

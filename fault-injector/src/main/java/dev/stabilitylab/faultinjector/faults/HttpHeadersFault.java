package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.Effect;
import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.http.HttpToxic;
import dev.stabilitylab.faultinjector.http.MessageHead;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Adds headers to the message, more than its reader expects.
 *
 * @param size of each line in bytes, without its end
 */
record HttpHeadersFault(int count, int size) implements HttpFault {

    static final ToxicType TYPE = HttpToxic.type("http_headers", HttpHeadersFault::read);

    private static final String NAME = "X-Flood-";
    private static final int MIN_SIZE = 16;
    private static final int MAX_SIZE = 65_536;
    private static final int MAX_COUNT = 10_000;
    private static final int MAX_BYTES = 1_048_576;

    private static HttpHeadersFault read(Attributes attributes) {
        int count = (int) attributes.whole("count", 1, MAX_COUNT, 100);
        int size = (int) attributes.whole("size", MIN_SIZE, MAX_SIZE, 100);
        if ((long) count * size > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "count of http_headers is %d and size is %d, which are %d bytes; there must be %d at most"
                            .formatted(count, size, (long) count * size, MAX_BYTES));
        }
        return new HttpHeadersFault(count, size);
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("count", count, "size", size);
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

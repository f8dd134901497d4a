package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A fault that understands HTTP, and which requests are hit. It counts matching requests over all connections. */
public final class HttpToxic implements Toxic {

    private static final long MAX_TIMES = 1_000_000_000;

    private final HttpFault fault;
    private final Match match;
    private final double rate;
    private final long times;
    private final String mark;
    private final AtomicLong matched = new AtomicLong();

    /**
     * Has matched nothing yet.
     *
     * @param rate share of matching requests that are hit, 0 to 1
     * @param times how many matching requests count, after which there is none any more; 0 for no end
     * @param mark name of a header that names the toxic in each message that is hit; empty for none
     */
    HttpToxic(HttpFault fault, Match match, double rate, long times, String mark) {
        this.fault = fault;
        this.match = match;
        this.rate = rate;
        this.times = times;
        this.mark = mark;
    }

    /** A type of faults that understand HTTP, with what {@code reader} reads besides what all of them have. */
    public static ToxicType type(String name, Function<Attributes, HttpFault> reader) {
        return ToxicType.ofRequests(
                name,
                attributes -> new HttpToxic(
                        reader.apply(attributes),
                        Match.read(attributes),
                        attributes.number("rate", 0, 1, 1),
                        attributes.whole("times", 0, MAX_TIMES, 0),
                        mark(attributes)));
    }

    private static String mark(Attributes attributes) {
        String mark = attributes.text("mark", "");
        if (!mark.chars().allMatch(Ascii::isTokenChar)) {
            throw new IllegalArgumentException(
                    "mark is \"%s\"; it must be the name of a header, e.g. X-Fault".formatted(mark));
        }
        return mark;
    }

    @Override
    public Map<String, Object> attributes() {
        Map<String, Object> all = new TreeMap<>(fault.attributes());
        all.putAll(match.attributes());
        all.put("rate", rate);
        all.put("times", times);
        all.put("mark", mark);
        return all;
    }

    @Override
    public ToxicHandler newHandler(RandomGenerator random) {
        return new FaultSlot(this, random);
    }

    HttpFault fault() {
        return fault;
    }

    String mark() {
        return mark;
    }

    /** Whether that request is hit; asked once for each request. */
    boolean hits(RequestHead request, RandomGenerator random) {
        if (!match.matches(request) || isOver()) {
            return false;
        }
        return random.nextDouble() < rate;
    }

    private boolean isOver() {
        return times > 0 && matched.getAndIncrement() >= times;
    }

    /** One that counts is not equal to another: to set it again is to begin the count anew. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        return other instanceof HttpToxic toxic
                && times == 0
                && toxic.times == 0
                && rate == toxic.rate
                && mark.equals(toxic.mark)
                && match.equals(toxic.match)
                && fault.equals(toxic.fault);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fault, match, rate, times, mark);
    }

    @Override
    public String toString() {
        return attributes().toString();
    }
}

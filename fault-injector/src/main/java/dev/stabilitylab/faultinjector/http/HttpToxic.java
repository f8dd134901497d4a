package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A fault that understands HTTP, and which requests are hit. It counts matching requests over all connections. */
public final class HttpToxic implements Toxic {

    private final HttpFault fault;
    private final Options options;
    private final AtomicLong matched = new AtomicLong();

    /** Has matched nothing yet. */
    HttpToxic(HttpFault fault, Options options) {
        this.fault = fault;
        this.options = options;
    }

    /**
     * The attributes that all faults which understand HTTP have besides their own.
     *
     * @param rate share of matching requests that are hit
     * @param times how many matching requests count, after which there is none any more; 0 for no end
     * @param mark name of a header that names the toxic in each message that is hit; empty for none
     */
    record Options(
            Match match,
            @Attribute(max = 1, orElse = 1) double rate,
            @Attribute(max = 1_000_000_000) long times,
            String mark) {

        Options {
            if (!mark.isEmpty() && !Match.TOKEN.matcher(mark).matches()) {
                throw new IllegalArgumentException(
                        "mark is \"%s\"; it must be the name of a header, e.g. X-Fault".formatted(mark));
            }
        }
    }

    /** A type of faults that understand HTTP. */
    public static <T extends Record & HttpFault> ToxicType type(String name, Class<T> fault) {
        return new ToxicType(name, true, true, false, attributes -> read(attributes, fault));
    }

    /** A type that can act on responses only. */
    public static <T extends Record & HttpFault> ToxicType responseType(String name, Class<T> fault) {
        return new ToxicType(name, true, true, true, attributes -> read(attributes, fault));
    }

    private static <T extends Record & HttpFault> HttpToxic read(Attributes attributes, Class<T> fault) {
        return new HttpToxic(attributes.read(fault), attributes.read(Options.class));
    }

    @Override
    public Map<String, Object> attributes() {
        Map<String, Object> all = Attributes.of((Record) fault);
        all.putAll(Attributes.of(options));
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
        return options.mark;
    }

    /** Whether that request is hit; asked once for each request. */
    boolean hits(RequestHead request, RandomGenerator random) {
        if (!options.match.matches(request) || isOver()) {
            return false;
        }
        return random.nextDouble() < options.rate;
    }

    private boolean isOver() {
        return options.times > 0 && matched.getAndIncrement() >= options.times;
    }

    /** One that counts is not equal to another: to set it again is to begin the count anew. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        return other instanceof HttpToxic toxic
                && options.times == 0
                && options.equals(toxic.options)
                && fault.equals(toxic.fault);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fault, options);
    }

    @Override
    public String toString() {
        return attributes().toString();
    }
}

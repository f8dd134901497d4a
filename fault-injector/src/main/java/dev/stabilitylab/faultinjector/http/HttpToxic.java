package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import io.netty.channel.ChannelHandlerContext;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
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
            if (!mark.isEmpty() && !Ascii.isToken(mark)) {
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
        return new Slot(random);
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

    /**
     * Marks a direction of a connection as one that has the fault. No bytes go through it: it only has its place in the order of toxics, and
     * the connection's {@link HttpHandler} looks for it there.
     */
    final class Slot extends ToxicHandler {

        private final RandomGenerator random;
        private boolean lifted;
        private boolean inert;

        private Slot(RandomGenerator random) {
            this.random = random;
        }

        HttpFault fault() {
            return fault;
        }

        boolean hits(RequestHead request) {
            return HttpToxic.this.hits(request, random);
        }

        /** Begins a hit. It draws from a generator of its own: chunks come as they like, and must not move the draws of later requests. */
        Hit hit(RequestHead request) {
            meter().requestHit(request::details);
            return new Hit(this, fault.newEffect(new SplittableRandom(random.nextLong())));
        }

        /** Names the toxic in the head of a message that is hit, if that is wanted. */
        void mark(MessageHead head) {
            if (!options.mark.isEmpty()) {
                head.add(options.mark + ": " + meter().toxic() + "\r\n");
            }
        }

        /** To be called when a message begins to wait, with the time for which it will. */
        void delays(long nanos) {
            meter().delayed(nanos);
        }

        /** To be called when the fault cannot act on this connection. */
        void inert(Inert why) {
            if (!inert) {
                inert = true;
                meter().inert(why.label());
            }
        }

        /** Whether the fault was removed, or has other settings now; what it does to open exchanges ends. */
        boolean isLifted() {
            return lifted;
        }

        @Override
        public void succeed(ToxicHandler predecessor) {
            inert = ((Slot) predecessor).inert;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            tell(ctx);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            lifted = true;
            tell(ctx);
        }

        private static void tell(ChannelHandlerContext ctx) {
            HttpHandler handler = HttpHandler.of(ctx.channel());
            if (handler != null && ctx.channel().isActive()) {
                handler.faultsChanged();
            }
        }
    }

    /** A message that is hit, and what the fault does to it. A fault that has been taken off since does nothing more. */
    record Hit(Slot slot, Effect effect) {

        boolean isActive() {
            return !slot.isLifted();
        }
    }
}

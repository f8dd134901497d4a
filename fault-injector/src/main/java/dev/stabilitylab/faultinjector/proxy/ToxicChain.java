package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.toxic.AcceptToxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import dev.stabilitylab.faultinjector.toxic.ToxicMeter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The toxics on one direction of one connection: brings the handlers in a pipeline in line with the toxics that a proxy has.
 * Confined to the pipeline's event loop.
 */
final class ToxicChain {

    private final ChannelPipeline pipeline;
    private final Direction direction;
    private final long seed;
    private final Function<AppliedToxic, ToxicMeter> meters;
    private final Map<String, Link> links = new HashMap<>();

    /**
     * @param pipeline must end with a handler called {@link Relay#NAME}
     * @param seed the connection's, from {@link #seed}
     * @param meters makes what counts the doings of a toxic on this connection
     */
    ToxicChain(ChannelPipeline pipeline, Direction direction, long seed, Function<AppliedToxic, ToxicMeter> meters) {
        this.pipeline = pipeline;
        this.direction = direction;
        this.seed = seed;
        this.meters = meters;
    }

    /** The seed of one connection. It depends on nothing but these, so that a run can be repeated however the threads take turns. */
    static long seed(long seed, String proxy, long connectionNumber) {
        return mix(mix(seed, proxy.hashCode()), connectionNumber);
    }

    /** What is random about the toxic of that name on one connection; always the same for the same name. */
    static RandomGenerator random(long connectionSeed, String toxic) {
        return new SplittableRandom(mix(connectionSeed, toxic.hashCode()));
    }

    private static long mix(long seed, long value) {
        return new SplittableRandom(seed ^ new SplittableRandom(value).nextLong()).nextLong();
    }

    /** Makes the handlers what {@code toxics} ask for; those of the other direction, and of the port, are skipped. */
    void bringInLine(List<AppliedToxic> toxics) {
        List<AppliedToxic> wanted = toxics.stream()
                .filter(toxic -> toxic.direction() == direction && !(toxic.toxic() instanceof AcceptToxic))
                .toList();
        Set<String> gone = new HashSet<>(links.keySet());
        wanted.forEach(toxic -> gone.remove(toxic.name()));
        gone.forEach(name -> Objects.requireNonNull(links.remove(name)).turnOff());
        // From the last to the first, so that a handler finds the one that it comes before.
        String next = Relay.NAME;
        // A channel that is closed, as taking a toxic off may do, has thrown all handlers out; the other side is about
        // to close too.
        for (int i = wanted.size() - 1; i >= 0 && pipeline.get(Relay.NAME) != null; i--) {
            AppliedToxic toxic = wanted.get(i);
            Link link = links.computeIfAbsent(toxic.name(), Link::new);
            next = link.bringInLine(toxic, next);
        }
    }

    private final class Link {
        private final String handlerName;
        private final RandomGenerator random;
        private final double draw;
        private @Nullable AppliedToxic current;
        private @Nullable ToxicHandler handler;

        Link(String toxic) {
            this.handlerName = "toxic " + toxic;
            this.random = random(seed, toxic);
            this.draw = random.nextDouble();
        }

        /** Returns the name of the handler that the one before this is to be put in front of. */
        String bringInLine(AppliedToxic wanted, String next) {
            if (!wanted.equals(current)) {
                current = wanted;
                if (draw < wanted.toxicity()) {
                    turnOn(wanted, next);
                } else {
                    turnOff();
                }
            }
            return handler == null ? next : handlerName;
        }

        private void turnOn(AppliedToxic wanted, String next) {
            ToxicHandler fresh = wanted.toxic().newHandler(random);
            ToxicMeter meter = meters.apply(wanted);
            fresh.countWith(meter);
            if (handler == null) {
                meter.connectionHit();
                pipeline.addBefore(next, handlerName, fresh);
            } else {
                fresh.succeed(handler);
                pipeline.replace(handler, handlerName, fresh);
            }
            handler = fresh;
        }

        void turnOff() {
            ToxicHandler old = handler;
            ChannelHandlerContext context = old == null ? null : pipeline.context(old);
            handler = null;
            if (old != null && context != null) {
                old.lift(context);
                if (!context.isRemoved()) {
                    pipeline.remove(old);
                }
            }
        }
    }
}

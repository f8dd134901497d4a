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
    private final ConnectionRandom random;
    private final Function<AppliedToxic, ToxicMeter> meters;
    private final Map<String, Link> links = new HashMap<>();

    /**
     * Has no toxics yet.
     *
     * @param pipeline must end with a handler called {@link Relay#NAME}
     * @param meters makes what counts the doings of a toxic on this connection
     */
    ToxicChain(
            ChannelPipeline pipeline,
            Direction direction,
            ConnectionRandom random,
            Function<AppliedToxic, ToxicMeter> meters) {
        this.pipeline = pipeline;
        this.direction = direction;
        this.random = random;
        this.meters = meters;
    }

    /** Adds, changes and removes handlers until they are what {@code toxics} ask for; those of the other direction, and of the port, are
     * skipped. */
    void bringInLine(List<AppliedToxic> toxics) {
        List<AppliedToxic> wanted = toxics.stream()
                .filter(toxic -> toxic.direction() == direction && !(toxic.toxic() instanceof AcceptToxic))
                .toList();
        Set<String> gone = new HashSet<>(links.keySet());
        wanted.forEach(toxic -> gone.remove(toxic.name()));
        gone.forEach(name -> Objects.requireNonNull(links.remove(name)).turnOff());
        // From the last to the first, so that a handler finds the one that it comes before.
        String next = Relay.NAME;
        for (int i = wanted.size() - 1; i >= 0 && isOpen(); i--) {
            AppliedToxic toxic = wanted.get(i);
            Link link = links.computeIfAbsent(toxic.name(), name -> new Link(random.forToxic(name)));
            next = link.bringInLine(toxic, next);
        }
    }

    /** A channel that is closed, as taking a toxic off may do, has thrown all handlers out; the other side is about to close too. */
    private boolean isOpen() {
        return pipeline.get(Relay.NAME) != null;
    }

    private final class Link {
        private final RandomGenerator random;
        private final double draw;
        private @Nullable AppliedToxic current;
        private @Nullable ToxicHandler handler;

        Link(RandomGenerator random) {
            this.random = random;
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
            return handler == null ? next : handlerName(wanted);
        }

        private void turnOn(AppliedToxic wanted, String next) {
            ToxicHandler fresh = wanted.toxic().newHandler(random);
            ToxicMeter meter = meters.apply(wanted);
            fresh.countWith(meter);
            if (handler == null) {
                meter.connectionHit();
                pipeline.addBefore(next, handlerName(wanted), fresh);
            } else {
                fresh.succeed(handler);
                pipeline.replace(handler, handlerName(wanted), fresh);
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

        private String handlerName(AppliedToxic toxic) {
            return "toxic " + toxic.name();
        }
    }
}

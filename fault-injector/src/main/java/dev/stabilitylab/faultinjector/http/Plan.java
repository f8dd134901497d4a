package dev.stabilitylab.faultinjector.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What is to be done to one exchange: a fault of each type at most. */
final class Plan {

    static final Plan NONE = new Plan(Map.of());

    private final Map<Class<?>, Hit<?>> hits;

    private Plan(Map<Class<?>, Hit<?>> hits) {
        this.hits = hits;
    }

    /**
     * Decides for one request. Of each type the first that hits counts; types add up.
     *
     * @param mayAnswer whether the request can still be kept from the upstream
     */
    static Plan decide(List<FaultSlot> slots, RequestHead request, boolean mayAnswer) {
        Map<Class<?>, Hit<?>> hits = new HashMap<>();
        for (FaultSlot slot : slots) {
            HttpFault fault = slot.fault();
            boolean possible = mayAnswer || !(fault instanceof StatusFault);
            if (possible && !hits.containsKey(fault.getClass()) && slot.hits(request)) {
                hits.put(fault.getClass(), new Hit<>(fault, slot, slot.randomForHit()));
            }
        }
        return hits.isEmpty() ? NONE : new Plan(hits);
    }

    boolean isEmpty() {
        return hits.isEmpty();
    }

    /** The fault of that type, unless it has been taken off meanwhile. */
    @SuppressWarnings("unchecked")
    <F extends HttpFault> @Nullable Hit<F> find(Class<F> type) {
        Hit<?> hit = hits.get(type);
        return hit == null || hit.slot.isLifted() ? null : (Hit<F>) hit;
    }

    /** A fault that hits. */
    record Hit<F extends HttpFault>(F fault, FaultSlot slot, RandomGenerator random) {}
}

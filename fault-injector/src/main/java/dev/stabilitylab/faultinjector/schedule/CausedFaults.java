package dev.stabilitylab.faultinjector.schedule;

import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Fault;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Refusals;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one place where a schedule changes something. Remembers the faults that it causes. */
final class CausedFaults {

    private final Proxies proxies;
    private final Map<Place, Fault> faults = new LinkedHashMap<>();

    CausedFaults(Proxies proxies) {
        this.proxies = proxies;
    }

    void setEnabled(String proxy, boolean enabled, Lifetime outage) {
        Fault disabled = proxies.setEnabled(proxy, enabled, outage);
        if (enabled) {
            faults.remove(new Place(proxy, null));
        } else {
            faults.put(new Place(proxy, null), disabled);
        }
    }

    void addToxic(String proxy, AppliedToxic toxic, Lifetime lifetime) {
        faults.put(new Place(proxy, toxic.name()), proxies.get(proxy).toxics().add(toxic, lifetime));
    }

    void removeToxic(String proxy, String toxic) {
        proxies.get(proxy).toxics().remove(toxic);
        faults.remove(new Place(proxy, toxic));
    }

    void reset() {
        proxies.reset(Map.of());
        faults.clear();
    }

    /**
     * Ends those that still last; also those after one that cannot be ended, which is kept.
     *
     * @throws RefusedException the first one's, with the others suppressed
     */
    void end() {
        Refusals refusals = new Refusals();
        new LinkedHashMap<>(faults).forEach((place, fault) -> {
            if (refusals.attempt(fault::end)) {
                faults.remove(place);
            }
        });
        refusals.throwFirst();
    }

    /**
     * What can have one fault at a time.
     *
     * @param toxic its name; null for the proxy's being disabled
     */
    private record Place(String proxy, @Nullable String toxic) {}
}

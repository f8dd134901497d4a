package dev.stabilitylab.faultinjector.schedule;

import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Fault;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a schedule changes when it is time. */
@FunctionalInterface
public interface Action {

    /**
     * Makes the change; returns when it is in effect.
     *
     * @param caused the faults that the schedule has caused; gets the one that this is, and loses the one that this ends
     */
    void applyTo(Proxies proxies, Map<Place, Fault> caused);

    /**
     * Enables or disables a proxy. Refuses, with an {@link IllegalArgumentException}, a time for a proxy that is enabled.
     *
     * @param outage when it is disabled, and for how long; one that is enabled has {@link Lifetime#LASTING}
     */
    static Action setEnabled(String proxy, boolean enabled, Lifetime outage) {
        WantedProxy.requireOutage(proxy, enabled, outage);
        Place place = new Place(proxy, null);
        return (proxies, caused) -> {
            Fault disabled = proxies.setEnabled(proxy, enabled, outage);
            if (enabled) {
                caused.remove(place);
            } else {
                caused.put(place, disabled);
            }
        };
    }

    static Action addToxic(String proxy, AppliedToxic toxic, Lifetime lifetime) {
        return (proxies, caused) -> {
            Fault added = proxies.get(proxy).toxics().add(toxic, lifetime);
            caused.put(new Place(proxy, toxic.name()), added);
        };
    }

    /** Takes the toxic of that name off a proxy, whoever added it. */
    static Action removeToxic(String proxy, String toxic) {
        return (proxies, caused) -> {
            proxies.get(proxy).toxics().remove(toxic);
            caused.remove(new Place(proxy, toxic));
        };
    }

    /** Takes all toxics off, and enables all proxies. */
    static Action reset() {
        return (proxies, caused) -> {
            proxies.reset(Map.of());
            caused.clear();
        };
    }

    /**
     * What can have one fault at a time.
     *
     * @param toxic its name; null for the proxy's being disabled
     */
    record Place(String proxy, @Nullable String toxic) {}
}

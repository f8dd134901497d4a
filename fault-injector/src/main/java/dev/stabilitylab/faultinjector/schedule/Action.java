package dev.stabilitylab.faultinjector.schedule;

import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Fault;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a schedule changes when it is time. */
public sealed interface Action {

    /**
     * Makes the change; returns when it is in effect.
     *
     * @param caused the faults that the schedule has caused; gets the one that this is, and loses the one that this ends
     */
    void applyTo(Proxies proxies, Map<Place, Fault> caused);

    /**
     * What can have one fault at a time.
     *
     * @param toxic its name; null for the proxy's being disabled
     */
    record Place(String proxy, @Nullable String toxic) {}

    /**
     * Enables or disables a proxy.
     *
     * @param outage when it is disabled, and for how long; one that is enabled has {@link Lifetime#LASTING}
     */
    record SetEnabled(String proxy, boolean enabled, Lifetime outage) implements Action {

        /** Refuses, with an {@link IllegalArgumentException}, a time for a proxy that is enabled. */
        public SetEnabled {
            WantedProxy.requireOutage(proxy, enabled, outage);
        }

        @Override
        public void applyTo(Proxies proxies, Map<Place, Fault> caused) {
            Fault disabled = proxies.setEnabled(proxy, enabled, outage);
            Place place = new Place(proxy, null);
            if (enabled) {
                caused.remove(place);
            } else {
                caused.put(place, disabled);
            }
        }
    }

    /** Adds a toxic to a proxy. */
    record AddToxic(String proxy, AppliedToxic toxic, Lifetime lifetime) implements Action {
        @Override
        public void applyTo(Proxies proxies, Map<Place, Fault> caused) {
            Fault added = proxies.get(proxy).toxics().add(toxic, lifetime);
            caused.put(new Place(proxy, toxic.name()), added);
        }
    }

    /** Takes the toxic of that name off a proxy, whoever added it. */
    record RemoveToxic(String proxy, String toxic) implements Action {
        @Override
        public void applyTo(Proxies proxies, Map<Place, Fault> caused) {
            proxies.get(proxy).toxics().remove(toxic);
            caused.remove(new Place(proxy, toxic));
        }
    }

    /** Takes all toxics off, and enables all proxies. */
    record Reset() implements Action {
        @Override
        public void applyTo(Proxies proxies, Map<Place, Fault> caused) {
            proxies.reset(Map.of());
            caused.clear();
        }
    }
}

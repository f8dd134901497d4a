package dev.stabilitylab.faultinjector.schedule;

import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;

/** What is changed when it is time. */
public sealed interface Action {

    /** Makes the change; returns when it is in effect. */
    void applyTo(CausedFaults faults);

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
        public void applyTo(CausedFaults faults) {
            faults.setEnabled(proxy, enabled, outage);
        }
    }

    /** Adds a toxic to a proxy. */
    record AddToxic(String proxy, AppliedToxic toxic, Lifetime lifetime) implements Action {
        @Override
        public void applyTo(CausedFaults faults) {
            faults.addToxic(proxy, toxic, lifetime);
        }
    }

    /** Takes the toxic of that name off a proxy, whoever added it. */
    record RemoveToxic(String proxy, String toxic) implements Action {
        @Override
        public void applyTo(CausedFaults faults) {
            faults.removeToxic(proxy, toxic);
        }
    }

    /** Takes all toxics off, and enables all proxies. */
    record Reset() implements Action {
        @Override
        public void applyTo(CausedFaults faults) {
            faults.reset();
        }
    }
}

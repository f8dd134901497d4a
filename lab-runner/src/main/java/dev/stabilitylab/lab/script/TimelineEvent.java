package dev.stabilitylab.lab.script;

import java.math.BigDecimal;
import java.time.Duration;

/** Something that happens at a moment of the simulation. */
public sealed interface TimelineEvent {

    /** When, from the start of the recording. */
    Duration at();

    /** The event in a few words, for charts and the terminal. */
    String text();

    /** Something that happens to an upstream. */
    sealed interface OfUpstream extends TimelineEvent {

        /** The upstream that breaks or heals. */
        String upstream();
    }

    /** The upstream breaks; a fault that was there is replaced. */
    record Inject(Duration at, String upstream, Fault fault) implements OfUpstream {
        @Override
        public String text() {
            return upstream + " " + fault.text();
        }
    }

    /** The upstream is whole again. */
    record Heal(Duration at, String upstream) implements OfUpstream {
        @Override
        public String text() {
            return upstream + " heals";
        }
    }

    /**
     * More or fewer users come; neither a fault nor a heal.
     *
     * @param perSecond first requests a second of an open load, from here on
     */
    record Rate(Duration at, double perSecond) implements TimelineEvent {
        @Override
        public String text() {
            return BigDecimal.valueOf(perSecond).stripTrailingZeros().toPlainString() + " visits a second";
        }
    }
}

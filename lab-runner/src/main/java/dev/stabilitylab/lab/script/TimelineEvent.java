package dev.stabilitylab.lab.script;

import java.time.Duration;

/** Something that happens at a moment of the simulation. */
public sealed interface TimelineEvent {

    /** When, from the start of the recording. */
    Duration at();

    /** The upstream that breaks or heals. */
    String upstream();

    /** The event in a few words, for charts and the terminal. */
    String text();

    /** The upstream breaks; a fault that was there is replaced. */
    record Inject(Duration at, String upstream, Fault fault) implements TimelineEvent {
        @Override
        public String text() {
            return upstream + " " + fault.text();
        }
    }

    /** The upstream is whole again. */
    record Heal(Duration at, String upstream) implements TimelineEvent {
        @Override
        public String text() {
            return upstream + " heals";
        }
    }
}

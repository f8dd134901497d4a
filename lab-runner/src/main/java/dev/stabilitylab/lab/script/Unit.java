package dev.stabilitylab.lab.script;

/** What a figure counts. Only figures of the same unit can be compared. */
public enum Unit {
    /** So many a second. */
    RATE("rate", "5/s"),
    /** A part of a whole; 1 is all of it. */
    SHARE("share", "99.9%"),
    /** Milliseconds. */
    TIME("time", "250ms"),
    /** So many, or so many for each. */
    COUNT("plain number", "1.5");

    private final String noun;
    private final String example;

    Unit(String noun, String example) {
        this.noun = noun;
        this.example = example;
    }

    /** The unit in messages, with an article and an example. */
    String described() {
        return "a %s (such as %s)".formatted(noun, example);
    }
}

package dev.stabilitylab.faultinjector.toxic;

/** What a toxic tells the connection it sits on: a user event, fired towards the end of the pipeline. */
public enum Signal {
    /** Close both sides in good order, once all that has passed is sent. */
    CLOSE,
    /** Cut both sides with a TCP reset. */
    RESET,
    /** This direction has ended, and the other side will not be told. */
    END_WITHHELD
}

package dev.stabilitylab.faultinjector.toxic;

/**
 * What a toxic tells the connection it sits on: a user event, fired towards the end of the pipeline. It keeps its place behind the bytes
 * that came before it, also where toxics hold those back, and takes effect when it comes out.
 */
public enum Signal {
    /** Close both sides in good order, once all that has passed is sent. */
    CLOSE,
    /** Cut both sides with a TCP reset, once all that has passed is sent. */
    RESET,
    /** This direction has ended, and the other side will not be told. */
    END_WITHHELD;

    /** Whether the connection is over with it, so that what comes behind it is to be dropped. */
    public boolean isLast() {
        return this != END_WITHHELD;
    }
}

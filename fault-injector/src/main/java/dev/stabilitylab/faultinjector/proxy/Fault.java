package dev.stabilitylab.faultinjector.proxy;

/** One fault as somebody caused it. */
@FunctionalInterface
public interface Fault {

    /** Ends the fault, also one that has not begun yet. Does nothing when it is over, or has been changed by somebody since. */
    void end();
}

package dev.stabilitylab.lab.cli;

/** What commands tell the shell; the higher, the worse. */
final class ExitStatus {

    /** All is well, and every expectation held. */
    static final int HELD = 0;

    /** An expectation fell short. */
    static final int FELL_SHORT = 1;

    /** It could not be done. */
    static final int COULD_NOT_RUN = 2;

    private ExitStatus() {}
}

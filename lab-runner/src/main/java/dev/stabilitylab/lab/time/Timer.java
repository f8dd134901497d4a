package dev.stabilitylab.lab.time;

/** Does things at moments. */
public interface Timer {

    /**
     * Does something at a moment, or at once when that has passed.
     *
     * @param nanos on the timer's {@link RunClock}
     * @param action must not block
     */
    Task at(long nanos, Runnable action);

    /** Something still to be done. */
    interface Task {

        /** Leaves it undone; without effect when it is done already. */
        void cancel();
    }
}

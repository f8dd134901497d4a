package dev.stabilitylab.lab.load;

/**
 * A page that a user wants.
 *
 * @param user decides which instance is asked: user n asks instance n modulo their number
 * @param group the user's, by its place in the load, from 0
 * @param reloads how often the user has asked for it before
 * @param dueNanos when the page was due, which may have passed
 */
record Wish(long user, byte group, int reloads, long dueNanos) {

    /** The same page, once more. */
    Wish again(long nanos) {
        return new Wish(user, group, reloads + 1, nanos);
    }
}

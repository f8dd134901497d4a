package dev.stabilitylab.lab.script;

/**
 * Whose policy for whom: every caller has gateways of its own.
 *
 * @param caller the service that calls, e.g. {@code homepage}
 * @param upstream the service that is called, e.g. {@code auth}
 */
public record PolicyTarget(String caller, String upstream) {

    /** The caller that users meet, and that a script means when it names none. */
    public static final String HOMEPAGE = "homepage";

    /** The homepage's policy for an upstream. */
    public static PolicyTarget ofHomepage(String upstream) {
        return new PolicyTarget(HOMEPAGE, upstream);
    }
}

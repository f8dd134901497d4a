package dev.stabilitylab.faultinjector.proxy;

import java.util.Locale;
import java.util.Map;

/**
 * Something that a toxic did to a connection.
 *
 * @param proxy its name
 * @param connection its number: how many clients had connected to the proxy with it
 * @param details of what was hit, by name
 * @param untold how many of the same toxic there were since the last one that was told
 */
public record Strike(
        Kind kind, String proxy, AppliedToxic toxic, long connection, Map<String, String> details, long untold) {

    public enum Kind {
        /** It hit a connection, or a request on it. */
        HIT,
        /** Nothing, and it will not: the connection is not what it understands. */
        INERT;

        /** The name in events, e.g. {@code toxic-hit}. */
        public String label() {
            return "toxic-" + name().toLowerCase(Locale.ROOT);
        }
    }
}

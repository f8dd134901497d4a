package dev.stabilitylab.servicekit.contract;

import java.util.List;
import java.util.Map;

/**
 * An answer as it came over the wire.
 *
 * @param headers by name in lower case
 * @param body decoded, if it came in chunks
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, String body) {

    /** The header's only or first value; empty when there is none. */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, List.of("")).get(0);
    }
}

package dev.stabilitylab.apiclient.internal.policy;

/**
 * A value that is not allowed.
 *
 * @param path where it stands in the policy, e.g. {@code retry.max-attempts}
 * @param value as text
 * @param limit what is allowed, e.g. {@code at least 1}
 */
public record Violation(String path, String value, String limit) {

    /**
     * One sentence that names key, value and limit.
     *
     * @param key how the reader knows the setting
     */
    public String sentence(String key) {
        return "%s is %s; it must be %s".formatted(key, value, limit);
    }
}

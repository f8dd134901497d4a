package dev.stabilitylab.apiclient.autoconfigure;

/** Under which property a person has set a part of a policy. */
final class PropertyKeys {

    private PropertyKeys() {}

    /**
     * The property.
     *
     * @param path within the policy, e.g. {@code retry.max-attempts}
     */
    static String of(String upstream, String path) {
        if (path.equals("attempt-timeout")) {
            return "resilience4j.timelimiter.instances.%s.timeout-duration".formatted(upstream);
        }
        int dot = path.indexOf('.');
        if (dot < 0 || path.startsWith("retry-budget.") || path.startsWith("stale-if-error.")) {
            return "api-client.upstreams.%s.%s".formatted(upstream, path);
        }
        String part = path.substring(0, dot).replace("-", "");
        return "resilience4j.%s.instances.%s.%s".formatted(part, upstream, path.substring(dot + 1));
    }
}

package dev.stabilitylab.apiclient.autoconfigure;

import dev.stabilitylab.apiclient.autoconfigure.ApiClientProperties.Upstream;
import dev.stabilitylab.apiclient.internal.gateway.UpstreamSpec;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.PolicyRules;
import dev.stabilitylab.apiclient.internal.support.DurationText;
import dev.stabilitylab.apiclient.internal.support.InvalidSettingsException;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks all settings before anything is made of them, so that one start shows every mistake. */
final class UpstreamSettings {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final long MAX_RESPONSE_BYTES = 64L * 1024 * 1024;
    private static final int MAX_CONNECTIONS = 10_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final PolicyAssembler assembler;
    private final List<String> mistakes = new ArrayList<>();

    UpstreamSettings(PolicyAssembler assembler) {
        this.assembler = assembler;
    }

    Checked check(ApiClientProperties properties) {
        TrustedCallers trusted = TrustedCallers.of(properties.trustedCallers(), mistakes);
        Map<String, UpstreamSpec> specs = new LinkedHashMap<>();
        properties.upstreams().forEach((name, upstream) -> specs.put(name, check(name, upstream)));
        if (!mistakes.isEmpty()) {
            throw new InvalidSettingsException(mistakes);
        }
        return new Checked(specs, trusted);
    }

    private UpstreamSpec check(String name, Upstream upstream) {
        String prefix = "api-client.upstreams." + name;
        if (!NAME.matcher(name).matches()) {
            mistakes.add(
                    "%s has a name that is not usable; it must be of lower-case letters, digits and hyphens, at most 63"
                            .formatted(prefix));
        }
        long bytes = upstream.maxResponseSize().toBytes();
        if (bytes < 1 || bytes > MAX_RESPONSE_BYTES) {
            mistakes.add("%s.max-response-size is %d bytes; it must be from 1 to %d"
                    .formatted(prefix, bytes, MAX_RESPONSE_BYTES));
        }
        if (upstream.maxConnections() < 1 || upstream.maxConnections() > MAX_CONNECTIONS) {
            mistakes.add("%s.max-connections is %d; it must be from 1 to %d"
                    .formatted(prefix, upstream.maxConnections(), MAX_CONNECTIONS));
        }
        URI baseUrl = baseUrl(prefix + ".base-url", upstream);
        Policy policy = assembler.assemble(name, upstream);
        PolicyRules.violations(policy)
                .forEach(violation -> mistakes.add(violation.sentence(PropertyKeys.of(name, violation.path()))));
        within(prefix + ".connection-time-to-live", upstream.connectionTimeToLive());
        within(prefix + ".connection-idle-timeout", upstream.connectionIdleTimeout());
        return new UpstreamSpec(
                baseUrl,
                policy,
                new Wire.Limits(
                        upstream.maxConnections(),
                        (int) Math.min(bytes, MAX_RESPONSE_BYTES),
                        upstream.connectionTimeToLive(),
                        upstream.connectionIdleTimeout()));
    }

    private void within(String key, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(Policy.LONGEST) > 0) {
            mistakes.add("%s is %s; it must be from %s to %s"
                    .formatted(
                            key,
                            DurationText.format(value),
                            DurationText.format(SHORTEST),
                            DurationText.format(Policy.LONGEST)));
        }
    }

    private URI baseUrl(String key, Upstream upstream) {
        String text = upstream.baseUrl();
        if (text == null || text.isBlank()) {
            mistakes.add(key + " is missing; it must be an address such as http://127.0.0.1:8002");
            return URI.create("http://missing.invalid");
        }
        try {
            URI url = URI.create(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web
                    && url.getHost() != null
                    && url.getQuery() == null
                    && url.getFragment() == null
                    && url.getUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            // Reported below, like every other address that cannot be used.
        }
        mistakes.add("%s is %s; it must be an http or https address with a host, and without query, fragment or user"
                .formatted(key, text));
        return URI.create("http://malformed.invalid");
    }

    /** Settings without a mistake. */
    record Checked(Map<String, UpstreamSpec> upstreams, TrustedCallers trustedCallers) {}
}

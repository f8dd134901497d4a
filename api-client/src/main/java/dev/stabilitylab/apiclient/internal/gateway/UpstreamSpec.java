package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.net.URI;

/**
 * What a gateway is made of.
 *
 * @param maxConnections open at once; at least 1
 * @param maxResponseBytes longest body that is accepted
 */
public record UpstreamSpec(URI baseUrl, Policy policy, int maxConnections, int maxResponseBytes) {}

package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import java.net.URI;

/** What the client of one upstream is made of; the policy keeps the rules. */
public record UpstreamSpec(URI baseUrl, Policy policy, Wire.Limits limits) {}
